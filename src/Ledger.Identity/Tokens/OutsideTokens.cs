using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Domain.People;

namespace Ledger.Identity.Tokens;

/// <summary>Tokens of a tenant's outside issuer: whose address they show.</summary>
/// <remarks>
/// The algorithm is the tenant's to say: a token that names another is refused. Tokens of services, and of people who are
/// nobody yet, are refused though they are signed. What people can write about themselves in a token is not looked at.
/// </remarks>
public static class OutsideTokens
{
    private static readonly Duration ClockSkew = Duration.FromSeconds(60);

    /// <param name="terms">With the keys that are good now, wherever they are from.</param>
    /// <param name="secret">For HS256, opened.</param>
    /// <returns>The verified e-mail address, null when the token is not good or shows none; and whether it was good until its time was over.</returns>
    public static (string? Email, bool IsExpired) Read(string token, OutsideTerms terms, string? secret, Instant now)
    {
        if (CompactJws.Read(token) is not { } jws || jws.Header.TryGetProperty("crit", out _) || !IsSigned(jws, terms, secret)) return default;
        if (jws.Claim("iss") != terms.Issuer || !HasAudience(jws.Payload, terms.Audience) || !Guid.TryParse(jws.Claim("sub"), out _)) return default;
        if (jws.Time("exp") is not { } expires) return default;
        if (jws.Payload.TryGetProperty("nbf", out _) && !(jws.Time("nbf") <= now + ClockSkew)) return default;
        if (jws.Payload.TryGetProperty("role", out _) && jws.Claim("role") != "authenticated") return default;
        if (IsTrue(jws.Payload, "is_anonymous")) return default;
        if (jws.Claim("email") is not { Length: > 2 and <= 254 } email) return default;
        if (!terms.EmailsAreVerified && !IsTrue(jws.Payload, "email_verified")) return default;
        return now < expires + ClockSkew ? (email, false) : (null, true);
    }

    private static bool IsSigned(CompactJws jws, OutsideTerms terms, string? secret) => (terms.Algorithm, jws.HeaderText("alg")) switch
    {
        (OutsideAlgorithm.Hs256, "HS256") => secret is not null
            && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), jws.SignedText), jws.Signature),
        (OutsideAlgorithm.Es256, "ES256") or (OutsideAlgorithm.Rs256, "RS256") =>
            JsonWebKeys.Read(terms.Keys, terms.Algorithm, jws.HeaderText("kid")).Any(key => key.IsSigned(jws.SignedText, jws.Signature)),
        _ => false,
    };

    private static bool IsTrue(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static bool HasAudience(JsonElement payload, string wanted) => payload.TryGetProperty("aud", out var value) && value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() == wanted,
        JsonValueKind.Array => value.EnumerateArray().Any(one => one.ValueKind is JsonValueKind.String && one.GetString() == wanted),
        _ => false,
    };
}

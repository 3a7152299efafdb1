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
    private const int SignatureBytes = 64;
    private static readonly Duration ClockSkew = Duration.FromSeconds(60);

    /// <param name="secret">For HS256, opened.</param>
    /// <returns>The verified e-mail address; null when the token is not good, or shows none.</returns>
    public static string? EmailOf(string token, OutsideTerms terms, string? secret, Instant now)
    {
        if (CompactJws.Read(token) is not { } jws || jws.Header.TryGetProperty("crit", out _) || !IsSigned(jws, terms, secret)) return null;
        if (jws.Claim("iss") != terms.Issuer || !HasAudience(jws.Payload, terms.Audience) || !Guid.TryParse(jws.Claim("sub"), out _)) return null;
        if (jws.Time("exp") is not { } expires || now >= expires + ClockSkew) return null;
        if (jws.Payload.TryGetProperty("nbf", out _) && !(jws.Time("nbf") <= now + ClockSkew)) return null;
        if (jws.Payload.TryGetProperty("role", out _) && jws.Claim("role") != "authenticated") return null;
        if (IsTrue(jws.Payload, "is_anonymous")) return null;
        return jws.Claim("email") is { Length: > 2 and <= 254 } email && (terms.EmailsAreVerified || IsTrue(jws.Payload, "email_verified")) ? email : null;
    }

    private static bool IsSigned(CompactJws jws, OutsideTerms terms, string? secret) => (terms.Algorithm, jws.HeaderText("alg")) switch
    {
        (OutsideAlgorithm.Hs256, "HS256") => secret is not null
            && CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), jws.SignedText), jws.Signature),
        (OutsideAlgorithm.Es256, "ES256") => jws.Signature.Length == SignatureBytes && Keys(terms.Keys, jws.HeaderText("kid")).Any(key => IsSigned(jws, key)),
        _ => false,
    };

    private static bool IsSigned(CompactJws jws, ECParameters key)
    {
        try
        {
            using var curve = ECDsa.Create(key);
            return curve.VerifyData(jws.SignedText, jws.Signature, HashAlgorithmName.SHA256);
        }
        catch (CryptographicException) { return false; }   // A point that is not on the curve.
    }

    /// <summary>Those of the set that can sign such tokens, and have this id if the token says one.</summary>
    public static IEnumerable<ECParameters> Keys(string? set, string? id)
    {
        if (set is null) yield break;
        using var document = JsonDocument.Parse(set);
        if (document.RootElement.ValueKind is not JsonValueKind.Object || !document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind is not JsonValueKind.Array) yield break;
        foreach (var key in keys.EnumerateArray())
        {
            if (Text(key, "kty") != "EC" || Text(key, "crv") != "P-256" || (id is not null && Text(key, "kid") != id)) continue;
            if (CompactJws.Bytes(Text(key, "x") ?? "") is not { Length: 32 } x || CompactJws.Bytes(Text(key, "y") ?? "") is not { Length: 32 } y) continue;
            yield return new() { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = x, Y = y } };
        }
    }

    private static string? Text(JsonElement thing, string name) =>
        thing.ValueKind is JsonValueKind.Object && thing.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static bool IsTrue(JsonElement payload, string name) => payload.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static bool HasAudience(JsonElement payload, string wanted) => payload.TryGetProperty("aud", out var value) && value.ValueKind switch
    {
        JsonValueKind.String => value.GetString() == wanted,
        JsonValueKind.Array => value.EnumerateArray().Any(one => one.ValueKind is JsonValueKind.String && one.GetString() == wanted),
        _ => false,
    };
}

using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Ledger.Identity.Sessions;

namespace Ledger.Identity.Tokens;

/// <summary>Access tokens: who somebody is, signed, for a quarter of an hour. What they may do is looked up, never carried.</summary>
/// <remarks>
/// The algorithm is ours to say: a token that names another is refused before any key is looked for.
/// Source: RFC 7519, RFC 7515, RFC 9068, RFC 8725.
/// </remarks>
public sealed class AccessTokens(SigningKeys keys)
{
    public static readonly Duration GoodFor = Duration.FromMinutes(15);
    private const string Algorithm = "ES256", Kind = "at+jwt", Issuer = "ledger", Audience = "ledger";
    private const int KeptMax = 20_000;
    private static readonly Duration ClockSkew = Duration.FromSeconds(60);

    /// <summary>Tokens whose signature was found right, by their hash: checking it again gives the same.</summary>
    private readonly ConcurrentDictionary<string, AccessToken> believed = new();

    public async Task<string> Issue(string tenant, Subject subject, Guid session, Instant now, CancellationToken ct)
    {
        var key = await keys.Current(now, ct);
        var header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"{{Algorithm}}","typ":"{{Kind}}","kid":"{{key.Id}}"}"""));
        var payload = Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object>
        {
            ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = subject.Id, ["kind"] = subject.KindName, ["tid"] = tenant, ["sid"] = session,
            ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = (now + GoodFor).ToUnixTimeSeconds(), ["jti"] = Guid.NewGuid(),
        }));
        var text = $"{header}.{payload}";
        return $"{text}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(text)))}";
    }

    /// <summary>Null when it is not ours, was altered, or its time is not now.</summary>
    public async ValueTask<AccessToken?> Read(string token, Instant now, CancellationToken ct) =>
        await Signed(token, now, ct) is { } read && read.IssuedAt <= now + ClockSkew && now < read.ExpiresAt ? read : null;

    /// <summary>Whether it was good, and its time is over.</summary>
    public async ValueTask<bool> IsOver(string token, Instant now, CancellationToken ct) =>
        await Signed(token, now, ct) is { } read && read.ExpiresAt <= now;

    private async ValueTask<AccessToken?> Signed(string token, Instant now, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (believed.TryGetValue(hash, out var read)) return read;
        if (await Check(token, now, ct) is not { } right) return null;
        if (believed.Count >= KeptMax) believed.Clear();
        return believed[hash] = right;
    }

    private async ValueTask<AccessToken?> Check(string token, Instant now, CancellationToken ct)
    {
        if (CompactJws.Read(token) is not { } jws) return null;
        if (jws.HeaderText("alg") != Algorithm || jws.HeaderText("typ") != Kind || jws.HeaderText("kid") is not { Length: <= 64 } id) return null;
        if (jws.Header.TryGetProperty("crit", out _)) return null;
        if (await keys.Find(id, now, ct) is not { } key || jws.Signature.Length != 64 || !key.IsSigned(jws.SignedText, jws.Signature)) return null;
        if (jws.Claim("iss") != Issuer || jws.Claim("aud") != Audience || jws.Claim("tid") is not { } tenant) return null;
        if (jws.Time("iat") is not { } issued || jws.Time("exp") is not { } expires) return null;
        return Guid.TryParse(jws.Claim("sub"), out var subject) && Guid.TryParse(jws.Claim("sid"), out var session) && jws.Claim("kind") is "user" or "customer"
            ? new(tenant, Subject.Of(jws.Claim("kind")!, subject), session, issued, expires)
            : null;
    }
}

/// <summary>What a token says, when it is right.</summary>
public sealed record AccessToken(string Tenant, Subject Subject, Guid Session, Instant IssuedAt, Instant ExpiresAt);

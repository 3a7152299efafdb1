using Ledger.Identity.Tokens;

namespace Ledger.Api.Identity;

internal static class SigningKeyEndpoint
{
    public static void MapSigningKeys(this WebApplication app) => app.MapGet("/.well-known/jwks.json", Read).WithTags("Identity")
        .Is("getSigningKeys", "The public keys that access tokens are signed by, RFC 7517.", Who.Public).Produces<KeySetResponse>().ExcludeFromDescription();

    private static async Task<IResult> Read(SigningKeys keys, IClock clock, HttpContext http, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        _ = await keys.Current(now, ct);
        http.Response.Headers.CacheControl = "public, max-age=60";
        return TypedResults.Json(new KeySetResponse(
            [.. (await keys.All(now, ct)).Select(key => new JsonWebKeyResponse("EC", "P-256", "sig", "ES256", key.Id, key.X, key.Y))]), LedgerJson.Options);
    }
}

public sealed record KeySetResponse(IReadOnlyList<JsonWebKeyResponse> Keys);

public sealed record JsonWebKeyResponse(string Kty, string Crv, string Use, string Alg, string Kid, string X, string Y);

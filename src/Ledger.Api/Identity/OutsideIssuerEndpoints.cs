using System.Text.Json;
using Ledger.Api.Tenancy;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Outgoing;
using Ledger.Identity.Tokens;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Identity;

internal static class OutsideIssuerEndpoints
{
    private const int SecretMin = 32, SecretMax = 1000, KeysMax = 20_000;

    public static void MapOutsideIssuers(this IEndpointRouteBuilder api)
    {
        var tenants = api.MapGroup("/tenants").WithTags("Identity");
        _ = tenants.MapPut("/{tenant_id}/outside-issuer", Trust)
            .Is("trustOutsideIssuer", "Believe the tokens of an issuer of yours: whose verified address a customer has, that customer it is. At the tenant's host name.", Who.Admin)
            .Takes<Request>().Produces<Response>().Rejects(TenantRejections.NotFound, UserRejections.MoreThanOwn);
        _ = tenants.MapGet("/{tenant_id}/outside-issuer", Read).Is("getOutsideIssuer", "Whose tokens are believed; nothing when nobody's are.", Who.Admin)
            .Produces<Response>().Rejects(TenantRejections.NotFound);
        _ = tenants.MapDelete("/{tenant_id}/outside-issuer", Forget).Is("forgetOutsideIssuer", "Believe nobody's tokens but Ledger's own.", Who.Admin)
            .Produces(204).Rejects(TenantRejections.NotFound);
    }

    private static async Task<IResult> Trust(
        [FromRoute(Name = "tenant_id")] string tenantId, Body<Request> body, Call call, PersonalKeys keys, Granting granting, OutgoingOptions outgoing,
        CancellationToken ct)
    {
        var tenant = TenantPath.Resolve(tenantId, call);
        if (!granting.MayMakeCustomers(call.Caller)) throw new ProblemException(Problem.Of(UserRejections.MoreThanOwn));
        var request = body.Value;
        var set = request.Keys?.GetRawText();
        var isHashed = request.Algorithm is OutsideAlgorithm.Hs256;
        var refused = request.KeysUrl is { } url ? new OutgoingUrls(outgoing).Check(url) : null;
        new Check().Text(request.Issuer, "/issuer", 500).And(request.Issuer is not null, "/issuer", "required", "Say what the tokens say as iss.")
            .And(request.Algorithm is not null, "/algorithm", "required", "hs256, es256 or rs256.").Text(request.Audience, "/audience", 200)
            .And(isHashed ? request.Secret is { Length: >= SecretMin and <= SecretMax } : request.Secret is null, "/secret", "secret_length", $"hs256 needs {SecretMin} to {SecretMax} characters; the others need none.")
            .And(isHashed ? set is null : set is null ? request.KeysUrl is not null : set.Length <= KeysMax && request.Algorithm is { } algorithm && JsonWebKeys.Read(set, algorithm, null).Count > 0,
                "/keys", "no_usable_key", "es256 needs a JWK set with a P-256 key, rs256 one with an RSA key of 2048 bits or more, or the URL of such a set; hs256 needs none.")
            .And(request.KeysUrl is null || (set is null && !isHashed), "/keys_url", "not_here", "In place of keys, and not with hs256.")
            .And(refused is null, "/keys_url", refused ?? "", "A public https address.").OrRefuse();
        var secret = request.Secret is { } text ? (await keys.TenantKey(call.Tenant, ct)).Seal(text) : null;
        var terms = new OutsideTerms(request.Issuer!, request.Audience, request.Algorithm!.Value, secret, set, request.EmailsAreVerified, request.KeysUrl);
        return await call.Run(new TrustOutsideIssuer(tenant.Id, terms), outcome => Answer.Ok(Response.From(outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> Read([FromRoute(Name = "tenant_id")] string tenantId, Call call, StateReader states, CancellationToken ct)
    {
        var (state, version) = await states.WithVersion<OutsideIssuer, OutsideIssuerEvent>(call.Tenant, OutsideIssuer.StreamOf(TenantPath.Resolve(tenantId, call).Id), ct);
        return new AnswerResult(Answer.Ok(Response.From(state), version));
    }

    private static Task<IResult> Forget([FromRoute(Name = "tenant_id")] string tenantId, Call call, CancellationToken ct) =>
        call.Run(new ForgetOutsideIssuer(TenantPath.Resolve(tenantId, call).Id), _ => Answer.NoContent, ct);

    /// <param name="Keys">A JWK set.</param>
    /// <param name="KeysUrl">Where the issuer publishes its JWK set; it is fetched when a token needs it.</param>
    internal sealed record Request(
        string? Issuer = null, OutsideAlgorithm? Algorithm = null, string Audience = "authenticated", string? Secret = null, JsonElement? Keys = null,
        bool EmailsAreVerified = false, Uri? KeysUrl = null);

    /// <summary>What may be shown: never the secret.</summary>
    internal sealed record Response(string? Issuer, string? Audience, OutsideAlgorithm? Algorithm, bool? EmailsAreVerified, Uri? KeysUrl)
    {
        public static Response From(OutsideIssuer state) => state is OutsideIssuer.Trusted { Terms: var terms }
            ? new(terms.Issuer, terms.Audience, terms.Algorithm, terms.EmailsAreVerified, terms.KeysUrl)
            : new(null, null, null, null, null);
    }
}

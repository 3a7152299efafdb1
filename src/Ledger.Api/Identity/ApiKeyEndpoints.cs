using Ledger.Application.Tenancy;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Database;
using Ledger.Identity.Limits;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Identity;

internal static class ApiKeyEndpoints
{
    private static readonly Duration OverlapMax = Duration.FromDays(30);

    public static void MapApiKeys(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/api-keys").WithTags("Identity");
        _ = keys.MapPost("", Issue).Is("issueApiKey", "Give out an API key. The first answer alone has the key itself.", Who.Staff, Permission.ManageStaff)
            .Keyed().Takes<IssueRequest>().Produces<IssuedKeyResponse>(201).Rejects(ApiKeyRejections.Taken, UserRejections.MoreThanOwn);
        _ = keys.MapGet("", List).Is("listApiKeys", "The API keys that were given out, oldest first, by their visible start.", Who.Staff, Permission.ManageStaff)
            .Produces<KeysResponse>();
        _ = keys.MapPost("/{api_key_id:guid}/rotate", Rotate)
            .Is("rotateApiKey", "Give out a key in place of this one, with the same rights; this one goes on for as long as you say, at most 30 days.", Who.Staff, Permission.ManageStaff)
            .Keyed().Takes<RotateRequest>().Produces<IssuedKeyResponse>(201).Rejects(ApiKeyRejections.NotFound, ApiKeyRejections.Taken, UserRejections.MoreThanOwn);
        _ = keys.MapDelete("/{api_key_id:guid}", Revoke).Is("revokeApiKey", "Close the door on an API key, for good.", Who.Staff, Permission.ManageStaff)
            .Produces(204).Rejects(ApiKeyRejections.NotFound, UserRejections.MoreThanOwn);
    }

    private static async Task<IResult> Issue(Body<IssueRequest> body, Call call, KnownScopes known, Granting granting, IClock clock, CancellationToken ct)
    {
        var (name, role, scopes, expires) = body.Value;
        new Check().Text(name, "/name", 100)
            .And(scopes is null or { Count: >= 1 and <= 100 } && scopes?.All(known.Has) != false, "/scopes", "unknown_scope", $"From 1 to 100 of: {string.Join(", ", known.All)}.")
            .And(expires is null || expires > clock.GetCurrentInstant(), "/expires_at", "in_the_past", "A key that opens nothing is of no use.").OrRefuse();
        RequireRights(call, granting, role, scopes);
        var key = ApiKeyText.New(call.Caller.Tenant.Mode);
        var command = new IssueApiKey(new(Guid.CreateVersion7()), call.Caller.Tenant.Id, name, key.Prefix, key.Hash, role, scopes?.Distinct().Order(StringComparer.Ordinal).ToList(), expires?.ToMicroseconds(), By(call));
        return Showing(await call.Run(command, outcome => Answer.Created(
            $"/api/v1/api-keys/{command.Id.Value}", IssuedKeyResponse.From((ApiKey.Usable)outcome.State), outcome.Version), ct), key);
    }

    private static async Task<IResult> List(Call call, TenantKeys keys, KeyUses uses, CancellationToken ct)
    {
        var used = await uses.All(call.Tenant, ct);
        return TypedResults.Json(new KeysResponse([.. (await keys.All(call.Tenant, ct)).Select(line => new KeyResponse(
            line.Key.Id, line.Key.Name, line.Key.Prefix, line.Key.Role, line.Key.Scopes, line.IssuedAt, line.ExpiresAt,
            used.TryGetValue(line.Key.Id.Value, out var at) ? at : null, line.IsRevoked))]), LedgerJson.Options);
    }

    private static async Task<IResult> Rotate(
        [FromRoute(Name = "api_key_id")] Guid apiKeyId, Body<RotateRequest> body, Call call, StateReader states, Granting granting, IClock clock, CancellationToken ct)
    {
        var seconds = body.Value.OverlapSeconds;
        Check.That(seconds >= 0 && seconds <= OverlapMax.TotalSeconds, "/overlap_seconds", "out_of_range", $"From 0 to {OverlapMax.TotalSeconds}.").OrRefuse();
        await RequireRightsOver(call, states, granting, apiKeyId, ct);
        var key = ApiKeyText.New(call.Caller.Tenant.Mode);
        var now = clock.GetCurrentInstant().ToMicroseconds();
        var command = new RotateApiKey(new(apiKeyId), new(Guid.CreateVersion7()), key.Prefix, key.Hash, now + Duration.FromSeconds(seconds), now, By(call));
        return Showing(await call.Run(command, outcome =>
        {
            var (made, version) = outcome.Of<ApiKey>(command.New.Stream);
            return Answer.Created($"/api/v1/api-keys/{command.New.Value}", IssuedKeyResponse.From((ApiKey.Usable)made), version);
        }, ct), key);
    }

    private static async Task<IResult> Revoke([FromRoute(Name = "api_key_id")] Guid apiKeyId, Call call, StateReader states, Granting granting, CancellationToken ct)
    {
        await RequireRightsOver(call, states, granting, apiKeyId, ct);
        return await call.Run(new RevokeApiKey(new(apiKeyId)), _ => Answer.NoContent, ct);
    }

    /// <summary>The key goes out beside the answer: what is kept for repeats does not have it.</summary>
    private static IResult Showing(IResult result, ApiKeyText key) =>
        result is AnswerResult answer ? answer.Showing<IssuedKeyResponse>(body => body with { ApiKey = key.Text }) : result;

    /// <summary>Nobody gives out a key that opens more than they may open.</summary>
    private static void RequireRights(Call call, Granting granting, ApiKeyRole role, IReadOnlyList<string>? scopes)
    {
        if (!granting.MayMakeKey(call.Caller, role, scopes)) throw new ProblemException(Problem.Of(UserRejections.MoreThanOwn));
    }

    private static async Task RequireRightsOver(Call call, StateReader states, Granting granting, Guid id, CancellationToken ct)
    {
        if (await states.Of<ApiKey, ApiKeyEvent>(call.Tenant, new ApiKeyId(id).Stream, ct) is ApiKey.Usable key) RequireRights(call, granting, key.Role, key.Scopes);
    }

    /// <summary>With whom a key ends that is given out now: a key of a key is of the same user.</summary>
    private static UserId? By(Call call) => call.Caller.User ?? call.Caller.KeyOf;

    internal sealed record IssueRequest(string Name, ApiKeyRole Role = ApiKeyRole.Staff, IReadOnlyList<string>? Scopes = null, Instant? ExpiresAt = null);

    /// <param name="OverlapSeconds">How long the old key still opens the door; a day if absent.</param>
    internal sealed record RotateRequest(int OverlapSeconds = 86_400);
}

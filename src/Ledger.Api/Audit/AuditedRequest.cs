using Ledger.EventStore.Audit;
using Ledger.EventStore.Database;
using Ledger.Identity.Sessions;

namespace Ledger.Api.Audit;

/// <summary>What of a request that has ended belongs into the trail.</summary>
internal static class AuditedRequest
{
    private const int UserAgentMax = 300, IdMax = 100;

    /// <summary>From where a request came that may have written; null for one that cannot have.</summary>
    public static RequestOrigin? Origin(HttpContext http, Instant now) =>
        Actor.Of(http) is { } actor && MayHaveWritten(http) ? new(actor.Tenant, http.TraceIdentifier, now, Ip(http), UserAgent(http), actor.Name) : null;

    /// <summary>A look at personal data, or a refusal; null for neither. The tenant is empty where nobody was known.</summary>
    public static AccessRecord? Access(HttpContext http, Instant now)
    {
        if (http.GetEndpoint() is not { } endpoint || OperationOf(endpoint) is not { } operation) return null;
        var (status, shown) = (http.Response.StatusCode, endpoint.Metadata.GetMetadata<PersonalDataShown>());
        var isRead = IsRead(http);
        if (status is not (401 or 403 or 404 or 423 or 429) && !(shown is not null && isRead && status < 400)) return null;

        var actor = Actor.Of(http);
        var (type, id) = Resource(http);
        return new(
            actor?.Tenant ?? "", TimedId.New(now), now.ToMicroseconds(), actor?.Name,
            operation, isRead, type ?? shown?.ResourceType, id, status, http.Features.Get<Problem>()?.Code, http.TraceIdentifier, Ip(http), UserAgent(http));
    }

    /// <summary>What a request did to get in or out, newest last; nothing for any other.</summary>
    public static IEnumerable<AccessRecord> Identity(HttpContext http, Instant now)
    {
        if (http.Features.Get<IdentityTrail>() is not { Action: { } action, Tenant: { } tenant } trail) yield break;
        yield return Record(action, http.Response.StatusCode, http.Features.Get<Problem>()?.Code);
        foreach (var (one, problem) in trail.Beside) yield return Record(one, problem?.Status ?? 200, problem?.Code);

        AccessRecord Record(IdentityAction what, int status, string? code)
        {
            var (kind, id) = trail.Account is { } account ? (account.Kind is SubjectKind.User ? "user" : "customer", account.Id.ToString()) : (null, null);
            var isSure = Actor.Of(http) is not null || (status < 400 && what is not IdentityAction.PasswordResetRequest);
            return new(
                tenant, TimedId.New(now), now.ToMicroseconds(), isSure && kind is not null ? Actor.Name(kind, id!) : null,
                EventStore.Events.EventTypes.SnakeCase(what.ToString()), IsRead: false, kind, id, status, code, http.TraceIdentifier, Ip(http), UserAgent(http));
        }
    }

    /// <summary>The name of an endpoint's operation, in snake_case; null for one that has none.</summary>
    public static string? OperationOf(Endpoint endpoint) =>
        endpoint.Metadata.GetMetadata<IEndpointNameMetadata>() is { } name ? EventStore.Events.EventTypes.SnakeCase(name.EndpointName) : null;

    /// <summary>What a part of a path is the id of; null for a part that is no id.</summary>
    public static string? ResourceTypeOf(string parameter) => parameter.EndsWith("_id", StringComparison.Ordinal) ? parameter[..^3] : null;

    /// <summary>What was refused before any rule was asked has written nothing; a fault may have come after the events stood.</summary>
    private static bool MayHaveWritten(HttpContext http) =>
        (!IsRead(http) || http.GetEndpoint()?.Metadata.GetMetadata<WritesWhenRead>() is not null)
        && http.Response.StatusCode is not (400 or 401 or 403 or 404 or 405 or 412 or 413 or 415 or 423 or 429);

    private static bool IsRead(HttpContext http) => HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);

    private static (string? Type, string? Id) Resource(HttpContext http)
    {
        foreach (var (name, value) in http.Request.RouteValues)
            if (ResourceTypeOf(name) is { } type && value?.ToString() is { Length: > 0 and <= IdMax } id)
                return (type, Guid.TryParse(id, out var uuid) ? uuid.ToString() : Plain(id, IdMax));
        return (null, null);
    }

    private static string? Ip(HttpContext http) => ClientAddress.Of(http);

    private static string? UserAgent(HttpContext http) =>
        http.Request.Headers.UserAgent.ToString() is { Length: > 0 } text ? Plain(text, UserAgentMax) : null;

    /// <summary>Cut to a length, without what PostgreSQL or a terminal would stumble over.</summary>
    internal static string Plain(string text, int lengthMax) =>
        string.Concat(text.Take(lengthMax).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
}

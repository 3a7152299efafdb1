namespace Ledger.Api.Audit;

/// <summary>Who a request is from, as the audit trail names it: the one place that knows what callers there are.</summary>
internal static class Actor
{
    /// <summary>Kinds of actors there are, by which an id alone is looked for.</summary>
    public static readonly string[] Kinds = ["api_key", "user", "customer", "visitor", "worker", "command_line", "provider"];

    /// <summary>The tenant, and the kind and id as the index of events has them; null for a caller who is not known.</summary>
    public static (string Tenant, string Name)? Of(HttpContext http) =>
        http.Features.Get<Caller>() is { } caller ? (caller.TenantName, Name(caller.ActorKind, caller.Id.ToString())) : null;

    public static string Name(string kind, string id) => $"{kind}:{id}";

    /// <summary>All that an actor may be called in the log: with its kind if that was said, else under every kind.</summary>
    public static IReadOnlyList<string> NamesOf(string asked) =>
        asked.Contains(':', StringComparison.Ordinal) ? [asked] : [.. Kinds.Select(kind => Name(kind, asked))];

    /// <summary>The kind, and the id.</summary>
    public static (string? Kind, string? Id) Parts(string? name) =>
        name?.Split(':', 2) is [var kind, var id] ? (kind, id) : (null, name);
}

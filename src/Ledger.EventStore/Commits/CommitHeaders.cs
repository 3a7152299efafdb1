namespace Ledger.EventStore.Commits;

/// <summary>What stands in the headers of each event of a commit; read again by <see cref="EventJson"/>.</summary>
internal static class CommitHeaders
{
    /// <exception cref="InvalidOperationException">There is no author.</exception>
    public static Dictionary<string, object> Of(Commit commit)
    {
        var told = commit.Headers ?? throw new InvalidOperationException("Events without headers would have no author.");
        var headers = new Dictionary<string, object>(7)
        {
            ["schema"] = told.Schema,
            ["effective_at"] = told.EffectiveAt,
            ["actor_kind"] = told.ActorKind,
            ["actor_id"] = told.ActorId,
        };
        if (told.RequestId is { } request) headers["request_id"] = request;
        if (told.IdempotencyKey is { } key) headers["idempotency_key"] = key;
        if (told.Policy is { } policy) headers["policy"] = policy;
        return headers;
    }
}

namespace Ledger.EventStore.Commits;

/// <summary>What the commits of one batch touch, so that none of them depends on another.</summary>
internal sealed class BatchMembers
{
    private readonly HashSet<Guid> written = [];
    private readonly HashSet<Guid> read = [];
    private readonly HashSet<object> single = [];

    /// <summary>False when the commit must wait for the next batch. One stream may be looked at by many, or written by one.</summary>
    public bool TryAdd(Commit commit)
    {
        foreach (var (stream, _, events) in commit.Streams)
        {
            // By the id alone: a session of Marten has one stream of an id, whosever it is.
            if (written.Contains(stream.Id) || (events > 0 && read.Contains(stream.Id))) return false;
        }

        var singles = Singles(commit).ToArray();
        if (singles.Any(single.Contains)) return false;

        foreach (var (stream, _, events) in commit.Streams)
            _ = (events > 0 ? written : read).Add(stream.Id);
        single.UnionWith(singles);
        return true;
    }

    private static IEnumerable<object> Singles(Commit commit)
    {
        foreach (var claim in commit.Claims.Concat(commit.Releases)) yield return (claim.Scope ?? commit.Tenant, claim.Kind, claim.Value);
        foreach (var key in commit.Keys) yield return (commit.Tenant, key.Subject, "key");
        foreach (var words in commit.Words) yield return (commit.Tenant, words.Subject, "words");
        foreach (var message in commit.Sends) yield return message.Id;
        if (commit.Idempotency is { } record) yield return record.Key;
        if (commit.Completes is { } done) yield return done.Id;
        if (commit.Checkpoint is { } checkpoint) yield return checkpoint.Name;
        if (commit.ClockTo is not null) yield return (commit.Tenant, "clock");
    }
}

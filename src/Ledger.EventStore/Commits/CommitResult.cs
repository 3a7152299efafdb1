namespace Ledger.EventStore.Commits;

/// <summary>What became of a commit. Anything but <see cref="Committed"/> has written nothing.</summary>
public abstract record CommitResult
{
    private CommitResult() { }

    /// <param name="Head">The position of the last event of the batch; all up to it can be read.</param>
    /// <param name="Positions">One for each event, in its order.</param>
    /// <param name="Numbers">One for each event: the number drawn, or null.</param>
    public sealed record Committed(long Head, IReadOnlyList<long> Positions, IReadOnlyList<long?> Numbers, Instant RecordedAt) : CommitResult;

    public sealed record StreamMovedOn(StreamId Stream) : CommitResult;
    public sealed record ClaimTaken(Claim Claim) : CommitResult;
    public sealed record KeyKnown : CommitResult;
    public sealed record MessageLost : CommitResult;
    public sealed record CheckpointLost : CommitResult;
}

/// <summary>The database could not be asked what became of a commit, for as long as was allowed.</summary>
public sealed class CommitOutcomeUnknownException(Exception cause)
    : Exception("The database did not answer; the commit may or may not have been written. Ask again with the same idempotency key.", cause);

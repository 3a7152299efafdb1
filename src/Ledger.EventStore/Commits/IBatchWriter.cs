namespace Ledger.EventStore.Commits;

/// <summary>Writes the commits of a batch: the only writer of the log.</summary>
internal interface IBatchWriter
{
    /// <summary>Writes one batch; several at once are written one after the other. Each commit is written whole or not at all; none of them depends on another.</summary>
    Task<BatchWritten> Write(IReadOnlyList<Commit> commits);

    /// <summary>What a commit that is refused now came to when it had been written before; null when it had not.</summary>
    Task<CommitResult.Committed?> FindWritten(Commit commit);
}

/// <param name="Head">The position of the last event that stands in the log.</param>
/// <param name="Results">One for each commit.</param>
internal readonly record struct BatchWritten(long Head, CommitResult[] Results);

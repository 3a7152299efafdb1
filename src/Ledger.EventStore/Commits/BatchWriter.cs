using System.Collections.Concurrent;

namespace Ledger.EventStore.Commits;

/// <summary>Writes batches over as many connections as there are batches at once.</summary>
internal sealed class BatchWriter(LedgerDatabase database, Marten.IDocumentStore store, EventTypes types) : IBatchWriter
{
    private readonly ConcurrentStack<BatchConnection> free = [];

    public Task<BatchWritten> Write(IReadOnlyList<Commit> commits) => Use(one => one.Write(commits));

    public Task<CommitResult.Committed?> FindWritten(Commit commit) => Use(one => one.FindWritten(commit));

    private async Task<T> Use<T>(Func<BatchConnection, Task<T>> use)
    {
        if (!free.TryPop(out var one)) one = new(database, store, types);
        try { return await use(one); }
        finally { free.Push(one); }
    }
}

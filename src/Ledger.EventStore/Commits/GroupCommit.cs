namespace Ledger.EventStore.Commits;

/// <summary>Writes commits in batches: all that wait while one batch is in flight go together in the next.</summary>
/// <remarks>
/// Nothing is delayed when it is quiet. A commit that conflicts fails alone; a batch that fails in SQL is tried again
/// commit by commit. When the connection is lost, what became of the batch is found out by the ids of its events, so a
/// commit is never written twice and never reported lost while it stands. Stopping a caller stops no batch.
/// </remarks>
public sealed class GroupCommit
{
    private const int CommitsMax = 1000;

    /// <summary>Fewer than these are worth a moment for others to join them; more of them make a batch of their own.</summary>
    private const int ShortQueue = 100;

    private const int EventsMax = 2_000;

    /// <summary>So many that wait are made a batch while another is on its way: the program makes it, the server waits to write it.</summary>
    private const int Crowd = 16;

    private const int BatchesMax = 2;
    private static readonly TimeSpan WaitForDatabaseMax = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly LinkedList<Waiting> queue = new();
    private readonly IBatchWriter writer;
    private readonly TimeProvider time;
    private int writing;

    public GroupCommit(LedgerDatabase database, Marten.IDocumentStore store, EventTypes types) : this(new BatchWriter(database, store, types), TimeProvider.System) { }

    internal GroupCommit(IBatchWriter writer, TimeProvider time) => (this.writer, this.time) = (writer, time);

    /// <summary>Called after each batch that sent messages or wrote events, with the log's new head.</summary>
    public event Action<BatchEnded>? Ended;

    /// <summary>Called for each person whose key a batch destroyed, before whoever asked for it is answered.</summary>
    public event Action<SubjectErased>? Erased;

    /// <exception cref="CommitOutcomeUnknownException">The database was not to be had; a later repeat will tell.</exception>
    public Task<CommitResult> Commit(Commit commit)
    {
        var waiting = new Waiting(commit);
        lock (gate)
        {
            _ = queue.AddLast(waiting);
            if (!MayBegin()) return waiting.Task;
            writing++;
        }

        Background.Begin(WriteBatches);
        return waiting.Task;
    }

    private async Task WriteBatches()
    {
        while (NextBatch() is { Count: > 0 } batch)
        {
            var together = batch.Count > 1;
            try { await Write(batch); }
#pragma warning disable CA1031 // The boundary of the batch: whoever waits gets the reason, and the next batch goes on.
            catch (Exception e)
            {
                foreach (var one in batch) one.Fail(e);
            }
#pragma warning restore CA1031
            // Those who were answered together and go on at once go together again, or the first of them would leave the others behind.
            if (together && IsShort()) await Task.Yield();
        }
    }

    private bool IsShort()
    {
        lock (gate) return queue.Count < ShortQueue;
    }

    private bool MayBegin() => writing == 0 || (writing < BatchesMax && queue.Count >= Crowd);

    /// <summary>None, and one fewer is writing, where what waits is left to others.</summary>
    private List<Waiting> NextBatch()
    {
        lock (gate)
        {
            writing--;
            var batch = new List<Waiting>();
            if (!MayBegin()) return batch;
            var taken = new BatchMembers();
            var events = 0;
            for (var node = queue.First; node is not null && batch.Count < CommitsMax && events < EventsMax;)
            {
                var next = node.Next;
                if (taken.TryAdd(node.Value.Commit))
                {
                    batch.Add(node.Value);
                    events += node.Value.Commit.Events.Count;
                    queue.Remove(node);
                }

                node = next;
            }

            if (batch.Count > 0) writing++;
            return batch;
        }
    }

    private async Task Write(List<Waiting> batch, bool maybeWritten = false)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Answer(batch, maybeWritten);
                return;
            }
            catch (PostgresException e) when (!IsPassing(e))
            {
                if (batch.Count == 1) throw;
                foreach (var one in batch) await WriteAlone(one, maybeWritten);
                return;
            }
            catch (Exception e) when (batch.Count > 1 && e is not (NpgsqlException or IOException or TimeoutException))
            {
                // One of them cannot even be sent. What became of the others on the way is looked up.
                foreach (var one in batch) await WriteAlone(one, maybeWritten: true);
                return;
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                // Told by the server that it did nothing, or not told at all: only then may it have been written.
                maybeWritten |= e is not PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };
                if (time.GetElapsedTime(started) > WaitForDatabaseMax) throw new CommitOutcomeUnknownException(e);
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(1000, 20 << Math.Min(attempt, 6))), time);
            }
        }
    }

    private async Task WriteAlone(Waiting one, bool maybeWritten)
    {
        try { await Write([one], maybeWritten); }
#pragma warning disable CA1031 // As above: the reason goes to the one who waits for it.
        catch (Exception e) { one.Fail(e); }
#pragma warning restore CA1031
    }

    private async Task Answer(List<Waiting> batch, bool maybeWritten)
    {
        var (head, results) = await writer.Write([.. batch.Select(one => one.Commit)]);
        if (maybeWritten)
        {
            for (var i = 0; i < batch.Count; i++)
                if (results[i] is not CommitResult.Committed)
                    results[i] = await writer.FindWritten(batch[i].Commit) ?? results[i];
        }

        Ended?.Invoke(new(head, batch.Exists(one => one.Commit.Sends.Count > 0 || one.Commit.ClockTo is not null)));
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i] is CommitResult.Committed) TellErased(batch[i].Commit);
            batch[i].Answer(results[i]);
        }
    }

    private void TellErased(Commit commit)
    {
        foreach (var key in commit.Keys)
            if (key.Wrapped is null) Erased?.Invoke(new(commit.Tenant, key.Subject));
    }

    /// <summary>The server's own word that the next try may go better.</summary>
    private static bool IsPassing(PostgresException e) =>
        e.SqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.QueryCanceled;

    private sealed class Waiting(Commit commit)
    {
        private readonly TaskCompletionSource<CommitResult> source = new(Background.Promise);

        public Commit Commit => commit;
        public Task<CommitResult> Task => source.Task;

        public void Answer(CommitResult result) => source.TrySetResult(result);
        public void Fail(Exception reason) => source.TrySetException(reason);
    }
}

/// <param name="Head">The position of the last event that stands in the log.</param>
/// <param name="HasMessages">True when a worker may have something new to do.</param>
public readonly record struct BatchEnded(long Head, bool HasMessages);

/// <summary>The key of a person was destroyed: nobody may keep it any longer.</summary>
public readonly record struct SubjectErased(string Tenant, Guid Subject);

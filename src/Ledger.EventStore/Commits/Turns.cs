namespace Ledger.EventStore.Commits;

/// <summary>Writes commits in turns: all that wait while one turn is in flight go together in the next.</summary>
/// <remarks>
/// Nothing is delayed when it is quiet. A commit that conflicts fails alone; a turn that fails in SQL is tried again
/// commit by commit. When the connection is lost, what became of the turn is found out by the ids of its events, so a
/// commit is never written twice and never reported lost while it stands. Stopping a caller stops no turn.
/// </remarks>
public sealed class Turns
{
    private const int CommitsMax = 1000;

    /// <summary>Fewer than these are worth a moment for others to join them; more of them make a turn of their own.</summary>
    private const int ShortQueue = 100;

    private const int CharactersMax = 4 * 1024 * 1024;
    private static readonly TimeSpan WaitForDatabaseMax = TimeSpan.FromSeconds(60);

    private readonly Lock gate = new();
    private readonly LinkedList<Waiting> queue = new();
    private readonly ITurnTaker taker;
    private readonly TimeProvider time;
    private bool isTurning;

    public Turns(LedgerDatabase database) : this(new TurnTaker(database), TimeProvider.System) { }

    internal Turns(ITurnTaker taker, TimeProvider time) => (this.taker, this.time) = (taker, time);

    /// <summary>Called after each turn that sent messages or wrote events, with the log's new head.</summary>
    public event Action<TurnEnded>? Ended;

    /// <summary>Called for each person whose key a turn destroyed, before whoever asked for it is answered.</summary>
    public event Action<SubjectErased>? Erased;

    /// <exception cref="CommitOutcomeUnknownException">The database was not to be had; a later repeat will tell.</exception>
    public Task<CommitResult> Commit(Commit commit)
    {
        var waiting = new Waiting(commit);
        lock (gate)
        {
            _ = queue.AddLast(waiting);
            if (isTurning) return waiting.Task;
            isTurning = true;
        }

        Background.Begin(TakeTurns);
        return waiting.Task;
    }

    private async Task TakeTurns()
    {
        while (NextTurn() is { Count: > 0 } turn)
        {
            var together = turn.Count > 1;
            try { await Write(turn); }
#pragma warning disable CA1031 // The boundary of the turn: whoever waits gets the reason, and the next turn goes on.
            catch (Exception e)
            {
                foreach (var one in turn) one.Fail(e);
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

    private List<Waiting> NextTurn()
    {
        lock (gate)
        {
            var turn = new List<Waiting>();
            var taken = new TurnMembers();
            var characters = 0;
            for (var node = queue.First; node is not null && turn.Count < CommitsMax && characters < CharactersMax;)
            {
                var next = node.Next;
                if (taken.TryAdd(node.Value.Commit))
                {
                    turn.Add(node.Value);
                    characters += node.Value.Commit.Events.Sum(one => one.Json.Length);
                    queue.Remove(node);
                }

                node = next;
            }

            isTurning = turn.Count > 0;
            return turn;
        }
    }

    private async Task Write(List<Waiting> turn, bool maybeWritten = false)
    {
        var started = time.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await Answer(turn, maybeWritten);
                return;
            }
            catch (PostgresException e) when (!IsPassing(e))
            {
                if (turn.Count == 1) throw;
                foreach (var one in turn) await WriteAlone(one, maybeWritten);
                return;
            }
            catch (Exception e) when (turn.Count > 1 && e is not (NpgsqlException or IOException or TimeoutException))
            {
                // One of them cannot even be sent. What became of the others on the way is looked up.
                foreach (var one in turn) await WriteAlone(one, maybeWritten: true);
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

    private async Task Answer(List<Waiting> turn, bool maybeWritten)
    {
        var (head, results) = await taker.Take([.. turn.Select(one => one.Commit)]);
        if (maybeWritten)
        {
            for (var i = 0; i < turn.Count; i++)
                if (results[i] is not CommitResult.Committed)
                    results[i] = await taker.FindWritten(turn[i].Commit) ?? results[i];
        }

        Ended?.Invoke(new(head, turn.Exists(one => one.Commit.Sends.Count > 0 || one.Commit.ClockTo is not null)));
        for (var i = 0; i < turn.Count; i++)
        {
            if (results[i] is CommitResult.Committed) TellErased(turn[i].Commit);
            turn[i].Answer(results[i]);
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
public readonly record struct TurnEnded(long Head, bool HasMessages);

/// <summary>The key of a person was destroyed: nobody may keep it any longer.</summary>
public readonly record struct SubjectErased(string Tenant, Guid Subject);

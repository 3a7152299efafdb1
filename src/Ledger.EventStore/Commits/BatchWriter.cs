using System.Runtime.ExceptionServices;
using Marten;
using Marten.Exceptions;
using Marten.Services;
using LoggedEvent = JasperFx.Events.IEvent;

namespace Ledger.EventStore.Commits;

/// <summary>Writes a batch of commits in one transaction, as a session of Marten between <c>begin_batch</c> and <c>seal</c>.</summary>
/// <remarks>
/// One batch at a time. The connection stays from batch to batch, since its statements are planned once; when anything fails, it is
/// made anew. The database is let go of between two batches, never in the middle of one. A batch is written on a thread of its own: while
/// it has the lock, everybody else waits for it, so it must not wait for its turn among requests.
/// </remarks>
#pragma warning disable CA1001 // The database has it let go of its thread.
internal sealed class BatchWriter : IBatchWriter
#pragma warning restore CA1001
{
    private readonly LedgerDatabase database;
    private readonly IDocumentStore store;
    private readonly EventTypes types;
    private readonly OwnThread thread = new("batches");
    private NpgsqlConnection? connection;
    private bool isClosed;

    public BatchWriter(LedgerDatabase database, IDocumentStore store, EventTypes types)
    {
        (this.database, this.store, this.types) = (database, store, types);
        database.DisposeFirst(LetGo);
    }

    public Task<BatchWritten> Write(IReadOnlyList<Commit> commits) => Use(on => Write(on, commits));

    public Task<CommitResult.Committed?> FindWritten(Commit commit) => Use(on => WrittenBefore.Find(on, commit).GetAwaiter().GetResult());

    private BatchWritten Write(NpgsqlConnection on, IReadOnlyList<Commit> commits)
    {
        using var transaction = on.BeginTransaction();
        var check = new BatchCheck(commits);
        var begun = Begin(on, check);
        var results = new CommitResult?[commits.Count];
        for (var i = 0; i < begun.Failed.Length; i++) results[begun.Failed[i]] ??= check.Refusal(begun.Outcomes[i], begun.Details[i]);
        if (Array.TrueForAll(results, one => one is not null)) return new(begun.Base, results!);

        using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        var rows = new BatchRows(begun.RecordedAt);
        var (number, head) = (0, begun.Base);
        var written = new (List<LoggedEvent> Events, long?[] Numbers)[commits.Count];
        for (var i = 0; i < commits.Count; i++)
        {
            // Of those that are refused, too, a place stands for each number that they wanted.
            var numbers = commits[i].Events.Select(one => one.Event is INumberedEvent ? begun.Numbers![number++] : null).ToArray();
            if (results[i] is not null) continue;
            head += commits[i].Events.Count;
            rows.Add(commits[i]);
            written[i] = (Append(session, commits[i], numbers, begun.RecordedAt), numbers);
        }

        if (rows.HasRows) session.QueueOperation(rows.Queued);
        if (head > begun.Base) session.QueueOperation(new SealCall(begun.Base).Queued);
        Save(session);
        transaction.Commit();
        for (var i = 0; i < commits.Count; i++)
        {
            results[i] ??= new CommitResult.Committed(
                head, [.. written[i].Events.Select(one => one.Sequence)], written[i].Numbers, begun.RecordedAt);
        }

        return new(head, results!);
    }

    private static BatchBegun Begin(NpgsqlConnection on, BatchCheck check)
    {
        using var command = check.Command(on);
        using var reader = command.ExecuteReader(CommandBehavior.SingleRow);
        _ = reader.Read();
        return new(
            reader.GetInstant(0), reader.GetInt64(1), reader.GetFieldValue<int[]>(2), reader.GetFieldValue<int[]>(3),
            reader.GetFieldValue<int[]>(4), reader.IsDBNull(5) ? null : reader.GetFieldValue<long?[]>(5));
    }

    /// <summary>Has the session append a commit's events; and says them, in the commit's order.</summary>
    private List<LoggedEvent> Append(IDocumentSession session, Commit commit, long?[] numbers, Instant recordedAt)
    {
        var written = new List<LoggedEvent>(commit.Events.Count);
        if (commit.Events.Count == 0) return written;
        var log = session.ForTenant(commit.Tenant).Events;
        var headers = CommitHeaders.Of(commit);
        var at = recordedAt.ToDateTimeOffset();
        for (var i = 0; i < commit.Events.Count; i++)
        {
            var (id, _, _, happened) = commit.Events[i];
            var one = log.BuildEvent(numbers[i] is { } number ? ((INumberedEvent)happened).WithNumber(number) : happened);
            (one.Id, one.Timestamp, one.Headers) = (id, at, headers);
            (one.CorrelationId, one.CausationId) = (commit.CorrelationId, commit.CausationId);
            written.Add(one);
        }

        foreach (var own in commit.Events.Index().GroupBy(one => one.Item.Stream))
        {
            var action = log.Append(own.Key.Id, own.Last().Item.Version, [.. own.Select(one => (object)written[one.Index])]);
            action.AggregateType = types.StateOf(own.First().Item);
        }

        return written;
    }

    /// <exception cref="NpgsqlException">What the database said, without what Marten puts around it.</exception>
    private static void Save(IDocumentSession session)
    {
        try { session.SaveChangesAsync().GetAwaiter().GetResult(); }
        catch (MartenCommandException e) when (e.InnerException is { } said)
        {
            ExceptionDispatchInfo.Throw(said);
        }
    }

    private async ValueTask LetGo()
    {
        _ = await thread.Run(() =>
        {
            isClosed = true;
            Forget();
            return true;
        });
        thread.Dispose();
    }

    private Task<T> Use<T>(Func<NpgsqlConnection, T> work) => thread.Run(() =>
    {
        try
        {
            ObjectDisposedException.ThrowIf(isClosed, database);
            if (connection is { State: not ConnectionState.Open }) Forget();   // It broke after the last batch had been answered.
            connection ??= database.BatchSource.OpenConnection();
            return work(connection);
        }
        catch
        {
            Forget();
            throw;
        }
    });

    private void Forget()
    {
        if (connection is not { } held) return;
        connection = null;
        NpgsqlConnection.ClearPool(held);   // Closed for good: preparing what fails leaves a connection unusable.
        held.Dispose();
    }

    private sealed class SealCall : SqlCall
    {
        public SealCall(long after) : base("select ledger.seal") => Add("base", after, NpgsqlDbType.Bigint);
    }
}

/// <summary>What <c>ledger.begin_batch</c> said.</summary>
/// <param name="Numbers">Those drawn, one for each numbered event; null for the events of a refused commit.</param>
internal sealed record BatchBegun(Instant RecordedAt, long Base, int[] Failed, int[] Outcomes, int[] Details, long?[]? Numbers);

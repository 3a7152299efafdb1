using System.Runtime.ExceptionServices;
using Marten;
using Marten.Exceptions;
using Marten.Services;
using Weasel.Core;
using Weasel.Storage;
using LoggedEvent = JasperFx.Events.IEvent;

namespace Ledger.EventStore.Commits;

/// <summary>A connection that writes batches, each in one transaction: a session of Marten between <c>begin_batch</c> and <c>seal</c>.</summary>
/// <remarks>
/// One batch at a time. The connection stays from batch to batch, since its statements are planned once; when anything fails, it is
/// made anew. The database is let go of between two batches, never in the middle of one.
/// </remarks>
#pragma warning disable CA1001 // The gate has nothing to let go of.
internal sealed class BatchConnection
#pragma warning restore CA1001
{
    /// <summary>How <c>ledger.begin_batch</c> says that a batch was refused as a whole.</summary>
    private const string NotAllFit = "LB001";

    private readonly LedgerDatabase database;
    private readonly IDocumentStore store;
    private readonly EventTypes types;
    private readonly SemaphoreSlim gate = new(1);
    private readonly Caution caution = new();
    private NpgsqlConnection? connection;
    private bool isClosed;

    public BatchConnection(LedgerDatabase database, IDocumentStore store, EventTypes types)
    {
        (this.database, this.store, this.types) = (database, store, types);
        database.DisposeFirst(LetGo);
    }

    public Task<BatchWritten> Write(IReadOnlyList<Commit> commits) => Use(on => Write(on, commits));

    public Task<CommitResult.Committed?> FindWritten(Commit commit) => Use(on => WrittenBefore.Find(on, commit));

    /// <summary>In one round trip where nothing hinders, else in two.</summary>
    private async Task<BatchWritten> Write(NpgsqlConnection on, IReadOnlyList<Commit> commits)
    {
        if (!commits.Any(DrawsNumbers) && caution.Allows())
        {
            try
            {
                var written = await WriteAll(on, commits);
                caution.Went();
                return written;
            }
            catch (PostgresException e) when (e.SqlState == NotAllFit)
            {
                caution.Failed();
                await Forget();   // What it was about to prepare is not usable.
                on = await Connect();
            }
        }

        return await WriteWhatFits(on, commits);
    }

    /// <summary>Sends everything at once.</summary>
    /// <exception cref="PostgresException">Of state <see cref="NotAllFit"/> where a commit does not fit: nothing was written.</exception>
    private async Task<BatchWritten> WriteAll(NpgsqlConnection on, IReadOnlyList<Commit> commits)
    {
        BatchBegun? begun = null;
        await using var transaction = await on.BeginTransactionAsync();
        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        session.QueueOperation(new BatchCheck(commits).AllOrNone(said => begun = said));
        var written = commits.Select(one => Append(session, one, [])).ToArray();
        QueueEnd(session, commits);
        await Save(session);
        var head = begun!.Base + commits.Sum(one => one.Events.Count);
        return new(head, [.. written.Select((one, i) => Committed(head, one, new long?[commits[i].Events.Count], begun))]);
    }

    /// <summary>Asks first what fits, and writes that.</summary>
    private async Task<BatchWritten> WriteWhatFits(NpgsqlConnection on, IReadOnlyList<Commit> commits)
    {
        await using var transaction = await on.BeginTransactionAsync();
        var check = new BatchCheck(commits);
        var begun = await check.Ask(on);
        var results = new CommitResult?[commits.Count];
        for (var i = 0; i < begun.Failed.Length; i++) results[begun.Failed[i]] ??= check.Refusal(begun.Outcomes[i], begun.Details[i]);
        if (Array.TrueForAll(results, one => one is not null)) return new(begun.Base, results!);

        await using var session = store.LightweightSession(SessionOptions.ForTransaction(transaction));
        var (number, head) = (0, begun.Base);
        var written = new (List<LoggedEvent> Events, long?[] Numbers)[commits.Count];
        for (var i = 0; i < commits.Count; i++)
        {
            // Of those that are refused, too, a place stands for each number that they wanted.
            var numbers = commits[i].Events.Select(one => one.Event is INumberedEvent ? begun.Numbers![number++] : null).ToArray();
            if (results[i] is not null) continue;
            head += commits[i].Events.Count;
            written[i] = (Append(session, commits[i], numbers), numbers);
        }

        QueueEnd(session, commits.Where((_, i) => results[i] is null));
        await Save(session);
        for (var i = 0; i < commits.Count; i++) results[i] ??= Committed(head, written[i].Events, written[i].Numbers, begun);
        return new(head, results!);
    }

    private static CommitResult.Committed Committed(long head, List<LoggedEvent> written, long?[] numbers, BatchBegun begun) =>
        new(head, [.. written.Select(one => one.Sequence)], numbers, begun.RecordedAt);

    private static bool DrawsNumbers(Commit commit) => commit.Events.Any(one => one.Event is INumberedEvent);

    /// <summary>Has the session write, after the events, what commits write beside them; seal the events; and end its transaction.</summary>
    private static void QueueEnd(IDocumentSession session, IEnumerable<Commit> commits)
    {
        var (rows, hasEvents) = (new BatchRows(), false);
        foreach (var commit in commits)
        {
            rows.Add(commit);
            hasEvents |= commit.Events.Count > 0;
        }

        if (rows.HasRows) session.QueueOperation(rows.Queued);
        if (hasEvents) session.QueueOperation(new SealCall().Queued);
        session.QueueOperation(new EndOfTransaction());
    }

    /// <summary>Has the session append a commit's events; and says them, in the commit's order.</summary>
    /// <param name="numbers">One for each event that has one; none where no event of the batch has.</param>
    private List<LoggedEvent> Append(IDocumentSession session, Commit commit, long?[] numbers)
    {
        var written = new List<LoggedEvent>(commit.Events.Count);
        if (commit.Events.Count == 0) return written;
        var log = session.ForTenant(commit.Tenant).Events;
        var headers = CommitHeaders.Of(commit);
        for (var i = 0; i < commit.Events.Count; i++)
        {
            var (id, _, _, happened) = commit.Events[i];
            var one = log.BuildEvent(numbers is not [] && numbers[i] is { } number ? ((INumberedEvent)happened).WithNumber(number) : happened);
            (one.Id, one.Headers) = (id, headers);
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
    private static async Task Save(IDocumentSession session)
    {
        try { await session.SaveChangesAsync(); }
        catch (MartenCommandException e) when (e.InnerException is { } said)
        {
            ExceptionDispatchInfo.Throw(said);
        }
    }

    private async ValueTask LetGo()
    {
        await gate.WaitAsync();
        isClosed = true;
        await Forget();
        _ = gate.Release();
    }

    private async Task<T> Use<T>(Func<NpgsqlConnection, Task<T>> work)
    {
        await gate.WaitAsync();
        try
        {
            ObjectDisposedException.ThrowIf(isClosed, database);
            return await work(await Connect());
        }
        catch
        {
            await Forget();
            throw;
        }
        finally { _ = gate.Release(); }
    }

    private async Task<NpgsqlConnection> Connect()
    {
        if (connection is { State: not ConnectionState.Open }) await Forget();   // It broke after the last batch had been answered.
        return connection ??= await database.BatchSource.OpenConnectionAsync();
    }

    private async Task Forget()
    {
        if (connection is not { } held) return;
        connection = null;
        database.BatchSource.Clear();   // Closed for good: preparing what fails leaves a connection unusable.
        await held.DisposeAsync();
    }

    private sealed class SealCall() : SqlCall("select ledger.seal");

    /// <summary>The end of the transaction as its last statement.</summary>
    private sealed class EndOfTransaction : Marten.Internal.Operations.IStorageOperation, NoDataReturnedCall
    {
        public Type DocumentType => typeof(SqlCall.Statement);

        public OperationRole Role() => OperationRole.Other;

        public void ConfigureCommand(Weasel.Postgresql.ICommandBuilder builder, IStorageSession session) => builder.Append("commit");

        public Task PostprocessAsync(System.Data.Common.DbDataReader reader, IList<Exception> exceptions, CancellationToken token) => Task.CompletedTask;
    }
}

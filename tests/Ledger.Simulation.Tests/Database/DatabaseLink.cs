using Ledger.EventStore.Projecting;
using Npgsql;

namespace Ledger.Simulation.Tests.Database;

/// <summary>One process's connections to the database, and all that can befall a call on its way there and back.</summary>
internal sealed class DatabaseLink(World world) : IBatchWriter, ILeaseRows, IMessageLeases, IEventPages, IPolicyPlaces, IViewRows
{
    private ModelDatabase Model => world.Model;

    public Task<BatchWritten> Write(IReadOnlyList<Commit> commits)
    {
        if (world.IsFaulty && world.Chance(0.01))
            return Fail<BatchWritten>(new PostgresException("canceling statement due to lock timeout", "ERROR", "ERROR", PostgresErrorCodes.LockNotAvailable));
        return Call(() => Model.WriteBatch(commits), CancellationToken.None);
    }

    public Task<CommitResult.Committed?> FindWritten(Commit commit) => Call(() => Model.FindWritten(commit), CancellationToken.None);

    public Task<long?> Take(string name, Guid owner, TimeSpan length, CancellationToken ct) => Call(() => Model.TakeLease(name, owner, length), ct);

    public Task End(string name, Guid owner, CancellationToken ct) => Call(() => Model.EndLease(name, owner), ct);

    public Task<List<LeasedMessage>> Take(int limit, CancellationToken ct) => Call(() => Model.Take(limit), ct);

    public Task<int> Extend(IReadOnlyCollection<MessageLease> leases, CancellationToken ct) => Call(() => Model.Extend(leases), ct);

    public Task<int> PutBack(MessageLease lease, TimeSpan after, string? failure, CancellationToken ct) => Call(() => Model.PutBack(lease, after, failure), ct);

    public Task Bury(MessageLease lease, string failure, CancellationToken ct) => Call(() => Model.Bury(lease), ct);

    public Task<List<StoredEvent>> After(long position, int limit, CancellationToken ct) => Call(() => Model.After(position, world.PageMax), ct);

    public Task<Dictionary<string, long>> Of(string[] names, CancellationToken ct) =>
        Call(() => names.Where(Model.Places.ContainsKey).ToDictionary(name => name, name => Model.Places[name]), ct);

    public Task BeginAtHead(string[] names, CancellationToken ct) => Call(() =>
    {
        Model.BeginAtHead(names);
        return 0;
    }, ct);

    public Task<IReadOnlyDictionary<string, ActiveTable>> Active(CancellationToken ct) =>
        Call<IReadOnlyDictionary<string, ActiveTable>>(Model.ActiveViews, ct);

    public Task Load(IReadOnlyList<(ViewPage Page, NpgsqlBatchCommand Missing)> asked, CancellationToken ct) => Call(() =>
    {
        foreach (var (page, _) in asked) ((TallyFold)page.Rows).Take(Model.Views[page.View.Name]);
        return 0;
    }, ct);

    public Task Write(IReadOnlyList<ViewPage> pages, string leaseName, long epoch, CancellationToken ct) => Call(() =>
    {
        Model.WriteViews(pages, leaseName, epoch);
        return 0;
    }, ct);

    /// <summary>The version a stream has when it is looked at.</summary>
    public Task<long> Version(string tenant, Guid stream) => Call(() => Model.Version(tenant, stream), CancellationToken.None);

    private Task<T> Call<T>(Func<T> run, CancellationToken ct)
    {
        var answer = new TaskCompletionSource<T>();
        if (ct.CanBeCanceled) _ = ct.Register(() => answer.TrySetCanceled(ct));   // What was asked is done none the less.
        switch (world.NextFate())
        {
            case Fate.Answered:
                world.After(() => Reach(run, answer, told => world.After(told)));
                break;
            case Fate.NeverArrived:
                world.After(() => answer.TrySetException(Broken()));
                break;
            case Fate.AnswerLost:
                world.After(() => Reach(run, answer, _ => answer.TrySetException(Broken())));
                break;
            case Fate.DoneLate:
                world.Late++;
                world.After(() => answer.TrySetException(Broken()));
                world.AfterLong(() =>
                {
                    world.Late--;
                    Reach(run, answer, _ => { });
                });
                break;
        }

        return answer.Task;
    }

    private Task<T> Fail<T>(Exception reason)
    {
        var answer = new TaskCompletionSource<T>();
        world.After(() => answer.TrySetException(reason));
        return answer.Task;
    }

    /// <summary>The call takes effect, all at one moment; or the server refuses it.</summary>
    private static void Reach<T>(Func<T> run, TaskCompletionSource<T> answer, Action<Action> then)
    {
        try
        {
            var result = run();
            then(() => answer.TrySetResult(result));
        }
        catch (PostgresException e) { then(() => answer.TrySetException(e)); }
    }

    private static NpgsqlException Broken() => new("The connection is broken.");
}

/// <summary>What becomes of a call.</summary>
internal enum Fate
{
    Answered,

    /// <summary>It fails, and nothing was done.</summary>
    NeverArrived,

    /// <summary>It fails, although all was done.</summary>
    AnswerLost,

    /// <summary>It fails, and is done afterwards: on a connection that nobody listens to any more.</summary>
    DoneLate,
}

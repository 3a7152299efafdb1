using Npgsql;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>
/// A database that several processes write to at once, in every way there is, while connections are lost and locks are held;
/// and the verdict on what they were told and what stands in the log.
/// </summary>
internal sealed class Checker : IAsyncDisposable
{
    private readonly StoreFixture store;
    private readonly World world;
    private readonly Chance chance;
    private int round;

    private Checker(StoreFixture store, World world, int seed)
    {
        (this.store, this.world, Seed, chance) = (store, world, seed, new(seed));
    }

    public int Seed { get; }

    public History History => world.History;

    /// <param name="change">What a mutant has of its own in the database.</param>
    public static async Task<Checker> Begin(int seed, Means? means = null, Func<StoreFixture, Task>? change = null)
    {
        var store = await StoreFixture.Create();
        var world = new World(new(), means ?? new());
        _ = await store.Sql(World.Slow);
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Keys = [store.Keys.New(world.Person).Change] });
        if (change is not null) await change(store);
        return new(store, world, seed);
    }

    /// <summary>Lets everybody loose, waits until all is quiet, and says what was wrong.</summary>
    public async Task<IReadOnlyList<string>> Round(int processes, int steps)
    {
        world.Renew(++round);
        var stores = Enumerable.Range(0, processes).Select(_ => store.AnotherProcess()).ToList();
        try
        {
            var writers = Task.WhenAll(stores.SelectMany(one => new[]
            {
                Guarded(new CommitWriter(world, one, chance.Fork()).Run(steps)),
                Guarded(new Commander(world, one, chance.Fork()).Run(steps)),
                Guarded(new Commander(world, one, chance.Fork()).Run(steps)),
            }).ToList());
            var readers = stores.Take(2).Select(one => new Reader(world, one, chance.Fork())).ToList();
            var policies = Task.WhenAll(stores.Take(2).Select(one => Guarded(new Policy(world, one, chance.Fork()).Run(writers))).ToList());
            var workers = Task.WhenAll(stores.Take(2).Select(one => Guarded(new Worker(world, one, chance.Fork()).Run(policies))).ToList());
            await Task.WhenAll(
                [writers, policies, workers, new Disturbance(store, chance.Fork()).Run(workers), .. readers.Select(one => one.Run(workers))]);
            return await Verdict.Of(store, world, stores, readers);
        }
        finally
        {
            foreach (var one in stores) await one.DisposeAsync();
        }
    }

    /// <summary>What nobody expected is a finding, and ends the round.</summary>
    private async Task Guarded(Task actor)
    {
        try { await actor; }
        catch (Exception e) when (e is NpgsqlException or CommitOutcomeUnknownException)
        {
            History.Findings.Enqueue($"Somebody failed: {e.Message}");
        }
    }

    public ValueTask DisposeAsync() => store.DisposeAsync();
}

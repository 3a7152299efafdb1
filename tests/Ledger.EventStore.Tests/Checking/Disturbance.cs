namespace Ledger.EventStore.Tests.Checking;

/// <summary>What happens to a database in the meantime: lost connections, locks that are held, writers that never end.</summary>
internal sealed class Disturbance(StoreFixture store, Chance chance)
{
    public async Task Run(Task others)
    {
        await using var unrelated = await store.Database.Source.OpenConnectionAsync();
        await using var writing = await unrelated.BeginTransactionAsync();
        _ = await StoreFixture.Run(unrelated, "insert into public.unrelated values (1)");
        var prepared = $"unrelated_{Guid.NewGuid():N}";
        _ = await store.Sql($"begin; insert into public.unrelated values (2); prepare transaction '{prepared}'");

        while (!others.IsCompleted)
        {
            await Task.WhenAny(others, Task.Delay(chance.Int(5, 25)));
            switch (chance.Int(0, 3))
            {
                case 0: await EndBatches(); break;
                case 1: await EndLeases(store, share: 0.1); break;
                default: await HoldBatches(); break;
            }
        }

        _ = await store.Sql($"{(chance.Is(50) ? "commit" : "rollback")} prepared '{prepared}'");
        if (chance.Is(50)) await writing.CommitAsync();
    }

    /// <summary>Lets messages be taken that others still work on, as when a lease has run out.</summary>
    public static async Task EndLeases(StoreFixture store, double share) => _ = await store.Sql("""
        update ledger.messages m set run_at = clock_timestamp()
        from (select id from ledger.messages where is_leased and random() < $1 for update skip locked) one where m.id = one.id
        """, share);

    /// <summary>Cuts the connections that write batches, whatever they are doing.</summary>
    private async Task EndBatches() => _ = await store.Sql("""
        select count(pg_terminate_backend(pid)) from pg_stat_activity
        where datname = current_database() and application_name like '% batches' and random() < 0.5
        """);

    private async Task HoldBatches()
    {
        await using var held = await store.HoldBatch();
        await Task.Delay(chance.Int(1, 8));
    }
}

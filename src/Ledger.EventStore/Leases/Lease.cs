using System.Diagnostics;

namespace Ledger.EventStore.Leases;

/// <summary>The right to do what only one process may do at a time: a row with an owner, an end, and an epoch.</summary>
/// <remarks>
/// The database's clock decides. The epoch grows with every new owner, and whoever writes under a lease says its epoch, so
/// that an owner who slept through its end can do no harm. An expired lease is anybody's.
/// </remarks>
public sealed class Lease(LedgerDatabase database, string name)
{
    /// <summary>How long a killed owner keeps others waiting at most.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(3);

    private readonly Guid owner = Guid.NewGuid();
    private readonly Stopwatch held = new();
    private long epoch;

    public string Name => name;

    /// <summary>The epoch while this process has the lease; null when it has not.</summary>
    public async ValueTask<long?> Hold(CancellationToken ct)
    {
        if (epoch > 0 && held.IsRunning && held.Elapsed < RenewAfter) return epoch;

        var asked = Stopwatch.StartNew();
        var rows = await database.QueryAsWorker("""
            insert into ledger.leases as l (name, owner, epoch, until)
            values ($1, $2, 1, clock_timestamp() + $3)
            on conflict (name) do update
                set owner = excluded.owner, until = excluded.until,
                    epoch = case when l.owner = excluded.owner then l.epoch else l.epoch + 1 end
                where l.owner = excluded.owner or l.until < clock_timestamp()
            returning epoch
            """, [name, owner, Length], row => row.GetInt64(0), ct);
        if (rows is not [var current])
        {
            held.Reset();
            epoch = 0;
            return null;
        }

        epoch = current;
        held.Restart();
        return asked.Elapsed < Length ? epoch : null;
    }

    /// <summary>Lets another process begin at once.</summary>
    public async Task Release(CancellationToken ct)
    {
        if (epoch == 0) return;
        epoch = 0;
        held.Reset();
        _ = await database.RunAsWorker(
            "update ledger.leases set until = clock_timestamp() where name = $1 and owner = $2", [name, owner], ct);
    }
}

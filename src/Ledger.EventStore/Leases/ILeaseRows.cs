namespace Ledger.EventStore.Leases;

/// <summary>The rows of leases, where the clock that decides is.</summary>
internal interface ILeaseRows
{
    /// <summary>Takes or extends a lease. Returns its epoch; null when it is another's.</summary>
    Task<long?> Take(string name, Guid owner, TimeSpan length, CancellationToken ct);

    /// <summary>Ends a lease, if it is the owner's.</summary>
    Task End(string name, Guid owner, CancellationToken ct);
}

internal sealed class LeaseRows(LedgerDatabase database) : ILeaseRows
{
    public async Task<long?> Take(string name, Guid owner, TimeSpan length, CancellationToken ct) =>
        await database.QueryAsWorker("""
            insert into ledger.leases as l (name, owner, epoch, until)
            values ($1, $2, 1, clock_timestamp() + $3)
            on conflict (name) do update
                set owner = excluded.owner, until = excluded.until,
                    epoch = case when l.owner = excluded.owner then l.epoch else l.epoch + 1 end
                where l.owner = excluded.owner or l.until < clock_timestamp()
            returning epoch
            """, [name, owner, length], row => row.GetInt64(0), ct) is [var epoch] ? epoch : null;

    public Task End(string name, Guid owner, CancellationToken ct) => database.RunAsWorker(
        "update ledger.leases set until = clock_timestamp() where name = $1 and owner = $2", [name, owner], ct);
}

namespace Ledger.Workers.Brokers;

/// <summary>How far the log has been handed on to the broker.</summary>
public sealed class BrokerPlace(LedgerDatabase database)
{
    /// <summary>Of the place in the log, and of its lease.</summary>
    internal const string Name = "broker";

    /// <summary>Gives it the head of the log, unless it has a place: what happens from the first start on is handed on.</summary>
    public static Task Prepare(LedgerDatabase database, CancellationToken ct) => database.RunAsWorker("""
        insert into public.mt_event_progression (name, last_seq_id)
        select $1, coalesce((select max(last_position) from ledger.blocks), 0) on conflict do nothing
        """, [Name], ct);

    /// <summary>The position up to which the broker has all for good.</summary>
    public async Task<long> Read(CancellationToken ct) => (await database.QueryAsWorker(
        "select last_seq_id from public.mt_event_progression where name = $1", [Name], row => row.GetInt64(0), ct))[0];

    /// <summary>Moves on. Returns false, and does nothing, when somebody else has, or the lease is another's.</summary>
    internal async Task<bool> Move(long from, long to, long epoch, CancellationToken ct) => (await database.QueryAsWorker("""
        update public.mt_event_progression set last_seq_id = $3, last_updated = clock_timestamp()
        where name = $1 and last_seq_id = $2 and exists (select from ledger.leases where name = $1 and epoch = $4) returning true
        """, [Name, from, to, epoch], row => row.GetBoolean(0), ct)).Count > 0;
}

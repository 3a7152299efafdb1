using Ledger.Workers.Following;

namespace Ledger.Workers.Brokers;

/// <summary>How far the log has been handed on to the broker.</summary>
public sealed class BrokerPlace(LedgerDatabase database)
{
    /// <summary>Of the place in the log, and of its lease.</summary>
    internal const string Name = "broker";

    /// <summary>The position up to which the broker has all for good.</summary>
    public Task<long> Read(CancellationToken ct) => LogPlace.Read(database, Name, ct);

    /// <summary>Moves on. Returns false, and does nothing, when somebody else has, or the lease is another's.</summary>
    internal async Task<bool> Move(long from, long to, long epoch, CancellationToken ct) => (await database.QueryAsWorker("""
        update public.mt_event_progression set last_seq_id = $3, last_updated = clock_timestamp()
        where name = $1 and last_seq_id = $2 and exists (select from ledger.leases where name = $1 and epoch = $4) returning true
        """, [Name, from, to, epoch], row => row.GetBoolean(0), ct)).Count > 0;
}

using Ledger.Application.Following;
using Ledger.Gateways.Brokers;

namespace Ledger.Application.Brokers;

/// <summary>How far the log has been handed on to the broker, and whether this process can reach it.</summary>
public sealed class BrokerPlace(LedgerDatabase database, IEventBroker? broker = null)
{
    /// <summary>Of the place in the log, and of its lease.</summary>
    internal const string Name = "broker";

    /// <summary>Whether there is a broker to hand on to.</summary>
    public bool IsOn => broker is not null;

    /// <summary>Why this process could not hand on when it last tried; null where it could, or has not tried.</summary>
    public string? Fault { get; internal set; }

    /// <summary>The position up to which the broker has all for good.</summary>
    public Task<long> Read(CancellationToken ct) => LogPlace.Read(database, Name, ct);

    /// <summary>Moves on. Returns false, and does nothing, when somebody else has, or the lease is another's.</summary>
    internal async Task<bool> Move(long from, long to, long epoch, CancellationToken ct) => (await database.QueryAsWorker("""
        update ledger.places set position = $3, moved_at = clock_timestamp()
        where name = $1 and position = $2 and exists (select from ledger.leases where name = $1 and epoch = $4) returning true
        """, [Name, from, to, epoch], row => row.GetBoolean(0), ct)).Count > 0;
}

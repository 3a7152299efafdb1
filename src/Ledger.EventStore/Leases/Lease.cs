namespace Ledger.EventStore.Leases;

/// <summary>The right to do what only one process may do at a time: a row with an owner, an end, and an epoch.</summary>
/// <remarks>
/// The database's clock decides. The epoch grows with every new owner, and whoever writes under a lease says its epoch, so
/// that an owner who slept through its end can do no harm. An expired lease is anybody's.
/// </remarks>
public sealed class Lease
{
    /// <summary>How long a killed owner keeps others waiting at most.</summary>
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(3);

    private readonly Guid owner = Guid.NewGuid();
    private readonly ILeaseRows rows;
    private readonly TimeProvider time;
    private long epoch;
    private long? askedAt;

    public Lease(LedgerDatabase database, string name) : this(new LeaseRows(database), name, TimeProvider.System) { }

    internal Lease(ILeaseRows rows, string name, TimeProvider time) => (this.rows, Name, this.time) = (rows, name, time);

    public string Name { get; }

    /// <summary>The epoch while this process has the lease; null when it has not.</summary>
    public async ValueTask<long?> Hold(CancellationToken ct)
    {
        if (epoch > 0 && askedAt is { } last && time.GetElapsedTime(last) < RenewAfter) return epoch;

        var asked = time.GetTimestamp();
        if (await rows.Take(Name, owner, Length, ct) is not { } current)
        {
            epoch = 0;
            return null;
        }

        // From when it was asked for: however late the answer was, nothing is held by it longer than the database says.
        (epoch, askedAt) = (current, asked);
        return time.GetElapsedTime(asked) < Length ? epoch : null;
    }

    /// <summary>Has the next <see cref="Hold"/> ask the database: something that was written under the lease was refused.</summary>
    public void Doubt() => askedAt = null;

    /// <summary>Lets another process begin at once.</summary>
    public async Task Release(CancellationToken ct)
    {
        if (epoch == 0) return;
        epoch = 0;
        await rows.End(Name, owner, ct);
    }
}

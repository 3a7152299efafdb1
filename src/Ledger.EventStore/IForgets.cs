namespace Ledger.EventStore;

/// <summary>Keeps what is not for ever.</summary>
public interface IForgets
{
    /// <summary>Lets go of some of what has had its time. Returns how many; 0 when there is no more.</summary>
    Task<int> Forget(Instant now, CancellationToken ct);
}

namespace Ledger.EventStore;

/// <summary>What runs in every process for as long as it does. Several may at once: each sees to being alone where it must.</summary>
public interface ILoop
{
    /// <summary>Runs until stopped; what fails in passing is tried again.</summary>
    Task Run(CancellationToken ct);
}

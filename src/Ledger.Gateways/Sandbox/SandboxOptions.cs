namespace Ledger.Gateways.Sandbox;

/// <summary>How the sandbox provider is set up.</summary>
public sealed record SandboxOptions
{
    /// <summary>The database of the provider's own record. The user must be allowed to create a schema in it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The key of card fingerprints, 32 bytes or more, kept outside the database.</summary>
    public required ReadOnlyMemory<byte> FingerprintKey { get; init; }

    /// <summary>How long a caller waits for an answer before the outcome is unknown: longer than a database takes to come back.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a simulated time-out takes. Short, so that tests are quick.</summary>
    public TimeSpan SimulatedTimeout { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>The most charges that travel in one batch.</summary>
    public int BatchSizeMax { get; init; } = 500;

    /// <summary>How many batches may be in flight at once: with two, one is written while the next is on its way.</summary>
    public int BatchesInFlightMax { get; init; } = 2;

    /// <summary>How many charges may wait for a batch; those above are refused, surely not charged.</summary>
    public int WaitingMax { get; init; } = 50_000;

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(ConnectionString);
        ArgumentOutOfRangeException.ThrowIfLessThan(FingerprintKey.Length, 32, nameof(FingerprintKey));
        ArgumentOutOfRangeException.ThrowIfLessThan(Timeout, TimeSpan.FromMilliseconds(1), nameof(Timeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(SimulatedTimeout, TimeSpan.Zero, nameof(SimulatedTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSizeMax, 1, nameof(BatchSizeMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchesInFlightMax, 1, nameof(BatchesInFlightMax));
        ArgumentOutOfRangeException.ThrowIfLessThan(WaitingMax, 1, nameof(WaitingMax));
    }
}

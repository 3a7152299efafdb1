namespace Ledger.Messaging.Tests;

/// <summary>A test with a process of its own.</summary>
public abstract class MessageTestBase : IAsyncLifetime
{
    protected LedgerProcess Process { get; private set; } = null!;

    public async Task InitializeAsync() => Process = await LedgerProcess.Start();

    public async Task DisposeAsync() => await Process.DisposeAsync();

    protected static Send To(string who, string? line = null, Instant? notBefore = null) => new(new Call(who, line), notBefore);
}

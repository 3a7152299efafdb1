namespace Ledger.Scenarios;

/// <summary>One Ledger for all scenarios; each has a tenant of its own.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public LedgerApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await LedgerApp.Start();

    public async Task DisposeAsync() => await App.DisposeAsync();
}

[CollectionDefinition("app")]
public sealed class AppCollection : ICollectionFixture<SharedApp>;

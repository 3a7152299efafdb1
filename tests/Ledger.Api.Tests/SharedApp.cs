namespace Ledger.Api.Tests;

/// <summary>One Ledger for all tests of the edge; each has tenants of its own.</summary>
public sealed class SharedApp : IAsyncLifetime
{
    public LedgerApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await LedgerApp.Start();

    public async Task DisposeAsync() => await App.DisposeAsync();
}

[CollectionDefinition("app")]
public sealed class AppCollection : ICollectionFixture<SharedApp>;

using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.Identity;

/// <summary>A Ledger whose time is the tests' to move; it only goes forward, so that each test begins where the one before has left it.</summary>
public sealed class MovedApp : IAsyncLifetime
{
    public MovedTime Time { get; } = new();

    public LedgerApp App { get; private set; } = null!;

    public async Task InitializeAsync() => App = await LedgerApp.Start(replace: services => services.AddSingleton<TimeProvider>(Time));

    public async Task DisposeAsync() => await App.DisposeAsync();
}

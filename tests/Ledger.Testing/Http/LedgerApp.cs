using System.Security.Cryptography;
using System.Text;
using Ledger.Api;
using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Time;
using Ledger.EventStore;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Projecting;
using Ledger.Projections;
using Ledger.Workers.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Ledger.Testing.Http;

/// <summary>Ledger as a user meets it: HTTP on a port of its own, workers beside it, real PostgreSQL below.</summary>
public sealed class LedgerApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private LedgerApp(WebApplication app, string connectionString) => (this.app, ConnectionString) = (app, connectionString);

    public string ConnectionString { get; }

    public Uri Address => new(app.Urls.First());

    public IServiceProvider Services => app.Services;

    public static async Task<LedgerApp> Start(bool runsWorkers = true, string? connectionString = null, string logLevel = "Error", MasterKeys? master = null)
    {
        connectionString ??= await TestCluster.NewDatabase(Prepare);
        var host = LedgerHost.Over(connectionString, master ?? new MasterKey(SHA256.HashData("tests"u8)));
        var app = await ApiHost.Build([$"--Serilog:MinimumLevel:Default={logLevel}"], host, runsWorkers, "http://127.0.0.1:0", CancellationToken.None);
        await app.StartAsync();
        return new(app, connectionString);
    }

    /// <summary>A sandbox tenant of its own for each test, with a key for an admin and one for staff.</summary>
    public async Task<TestTenant> NewTenant(
        string currency = "ISK", string zone = "Atlantic/Reykjavik", string clock = "2025-11-01", TenantMode mode = TenantMode.Sandbox,
        DunningSettings? dunning = null)
    {
        var id = new TenantId(Guid.CreateVersion7());
        var keys = Services.GetRequiredService<PersonalKeys>();
        var commands = Services.GetRequiredService<CommandHandler>();
        var place = DateTimeZoneProviders.Tzdb[zone];
        var now = mode is TenantMode.Live
            ? SystemClock.Instance.GetCurrentInstant()
            : BusinessTime.InstantOf(NodaTime.Text.LocalDatePattern.Iso.Parse(clock).Value, new LocalTime(12, 0), place);
        var context = new CommandContext(id.ToString(), "test", "test", now);
        var (_, key) = keys.New(PersonalKeys.OfTenant);
        var created = new CreateTenant(
            id, "Test", mode, Currency.Parse(currency), place, PricesIncludeTax: true, [Frequency.Monthly, Frequency.Quarterly], dunning ?? DunningSettings.Default);
        _ = await commands.Handle(created, context with { Keys = [key], ClockTo = mode is TenantMode.Sandbox ? now : null }, CancellationToken.None);
        return new(id, await NewKey(ApiKeyRole.Admin), await NewKey(ApiKeyRole.Staff));

        async Task<LedgerClient> NewKey(ApiKeyRole role)
        {
            var text = $"lk_test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24))}";
            var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
            var issue = new IssueApiKey(new(Guid.CreateVersion7()), id, "test", text[..12], hash, role);
            _ = await commands.Handle(issue, context, CancellationToken.None);
            return new(Address, text);
        }
    }

    public LedgerClient Anonymous => new(Address, null);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task Prepare(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        _ = await Migrations.Apply(database, [typeof(LedgerDatabase).Assembly], CancellationToken.None);
        _ = await new ViewTables(database).Prepare(AllViews.Create(), CancellationToken.None);
    }
}

/// <summary>A tenant and those who call for it.</summary>
public sealed record TestTenant(TenantId Id, LedgerClient Admin, LedgerClient Staff)
{
    public string Name => Id.ToString();
}

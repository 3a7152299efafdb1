using System.Security.Cryptography;
using System.Text;
using Ledger.Api;
using Ledger.Application.People;
using Ledger.Application.Tenancy;
using Ledger.Domain.Amounts;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Time;
using Ledger.EventStore;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Projecting;
using Ledger.Gateways.Brokers;
using Ledger.Gateways.Outgoing;
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

    /// <param name="settings">As on the command line: <c>--LEDGER_PROXIES=127.0.0.1</c>.</param>
    /// <param name="replace">What is to stand in for services of its own.</param>
    public static async Task<LedgerApp> Start(
        bool runsWorkers = true, string? connectionString = null, string logLevel = "Error", MasterKeys? master = null, Action<IServiceCollection>? replace = null,
        BrokerSettings? broker = null, params string[] settings)
    {
        connectionString ??= await TestCluster.NewDatabase(Prepare);
        var host = LedgerHost.Over(connectionString, master ?? new MasterKey(SHA256.HashData("tests"u8)), null, broker, PlatformHost);
        var app = ApiHost.Build([$"--Serilog:MinimumLevel:Default={logLevel}", Patience, .. settings], host, runsWorkers, "http://127.0.0.1:0", services =>
        {
            _ = services.AddSingleton<IHostNameProof, EveryHostNameProof>();
            replace?.Invoke(services);
        });
        await app.StartAsync();
        return new(app, connectionString);
    }

    /// <summary>A sandbox tenant of its own for each test, with a key for an admin and one for staff.</summary>
    public async Task<TestTenant> NewTenant(
        string currency = "ISK", string zone = "Atlantic/Reykjavik", string clock = "2025-11-01", TenantMode mode = TenantMode.Sandbox,
        DunningSettings? dunning = null)
    {
        var id = new TenantId(Guid.CreateVersion7());
        var commands = Services.GetRequiredService<CommandHandler>();
        var place = DateTimeZoneProviders.Tzdb[zone];
        var now = mode is TenantMode.Live
            ? SystemClock.Instance.GetCurrentInstant()
            : BusinessTime.InstantOf(NodaTime.Text.LocalDatePattern.Iso.Parse(clock).Value, new LocalTime(12, 0), place);
        var context = new CommandContext(id.ToString(), "test", "test", now);
        var created = new CreateTenant(
            id, "Test", mode, Currency.Parse(currency), place, PricesIncludeTax: true, [Frequency.Monthly, Frequency.Quarterly], dunning ?? DunningSettings.Default);
        _ = await commands.Handle(created, Services.GetRequiredService<NewTenants>().First(created, context, now), CancellationToken.None);
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

    /// <param name="tenant">Null for the platform's host.</param>
    public Browser Browse(TestTenant? tenant) => new(Address, tenant?.Name);

    /// <summary>Somebody who works for the tenant, or for the platform without one, logged in.</summary>
    public async Task<Browser> NewUser(TestTenant? tenant, UserRole role, params Permission[] permissions)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var context = new CommandContext((tenant?.Id ?? TenantId.Platform).ToString(), "test", "test", SystemClock.Instance.GetCurrentInstant());
        _ = await Services.GetRequiredService<Registration>().Register(context, role, permissions, new(email, "Somebody"), Password, CancellationToken.None);
        var browser = Browse(tenant);
        _ = (await browser.LogIn(new { grant = "password", email, password = Password })).Is(201);
        return browser;
    }

    /// <summary>Somebody with a key or token of this text.</summary>
    public LedgerClient With(string key) => new(Address, key);

    /// <summary>A customer of a sandbox tenant, logged in.</summary>
    public async Task<Browser> NewCustomer(TestTenant tenant)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Somebody", email })).Is(201);
        return await LogIn(tenant, email);
    }

    /// <summary>A customer that a sandbox tenant knows by this address.</summary>
    public async Task<Browser> LogIn(TestTenant tenant, string email)
    {
        var browser = Browse(tenant);
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
        _ = (await browser.LogIn(new { grant = "login_code", email, code = "1337" })).Is(201);
        return browser;
    }

    /// <summary>A machine that runs tests may be slow; what is tested about the limit says its own.</summary>
    private const string Patience = "--LEDGER_REQUEST_SECONDS=90";

    public const string PlatformHost = "platform.example";

    public const string Password = "correct horse battery";

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    private static async Task Prepare(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        _ = await Migrations.Apply(database, LedgerServices.Schemas, CancellationToken.None);
        _ = await new ViewTables(database).Prepare(AllViews.Create(), CancellationToken.None);
    }
}

/// <summary>A tenant and those who call for it.</summary>
public sealed record TestTenant(TenantId Id, LedgerClient Admin, LedgerClient Staff)
{
    public string Name => Id.ToString();

    /// <summary>Has the tenant bill at these frequencies.</summary>
    public async Task BillsBy(params string[] frequencies) =>
        _ = (await Admin.Patch("/tenants/current/settings", new { billing_frequencies = frequencies })).Is(200);

    /// <returns>The text of a key that an admin has given out.</returns>
    public async Task<string> NewKey(object request, bool wait = false)
    {
        var text = (await Admin.Post("/api-keys", request)).Is(201).Json["api_key"]!.GetValue<string>();
        if (wait) await Task.Delay(TimeSpan.FromSeconds(2.1));
        return text;
    }

    /// <returns>The text of a key that opens nothing any more.</returns>
    public async Task<string> RevokedKey()
    {
        var made = (await Admin.Post("/api-keys", new { name = "revoked", role = "admin" })).Is(201).Json;
        _ = (await Admin.Delete($"/api-keys/{made["id"]!.GetValue<string>()}")).Is(204);
        return made["api_key"]!.GetValue<string>();
    }
}

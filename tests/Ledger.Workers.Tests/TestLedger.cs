using Ledger.Application.Importing;
using Ledger.Cli;
using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Time;
using Ledger.EventStore;
using Ledger.EventStore.Database;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Projecting;
using Ledger.Gateways.Payments;
using Ledger.Projections;
using Ledger.Projections.Reports;
using Ledger.Testing;
using Ledger.Workers.Hosting;
using NodaTime;

namespace Ledger.Workers.Tests;

/// <summary>A ledger on a database of its own, with all work running, and a sandbox tenant whose clock stands at 2026-01-30 in New York.</summary>
internal sealed class TestLedger : IAsyncDisposable
{
    public static readonly DateTimeZone NewYork = DateTimeZoneProviders.Tzdb["America/New_York"];
    public static readonly Currency Usd = Currency.Parse("USD");
    private static readonly MasterKey Master = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    private readonly string connectionString;
    private string? elsewhere;

    private TestLedger(string connectionString, OpenLedger open, Tenant.Known tenant) =>
        (this.connectionString, Open, Tenant) = (connectionString, open, tenant);

    public OpenLedger Open { get; private set; }

    public Tenant.Known Tenant { get; }

    public string TenantName => Tenant.Id.ToString();

    /// <param name="more">Versions of views beside those of the program.</param>
    public static async Task<TestLedger> Start(params IReadOnlyList<View> more)
    {
        var connectionString = await TestCluster.NewDatabase(Prepare);
        var open = await OpenLedger.On(connectionString, Master, Beside.AllWork, CancellationToken.None, more);
        var id = new TenantId(Guid.CreateVersion7());
        var command = new CreateTenant(id, "Telco", TenantMode.Sandbox, Usd, NewYork, PricesIncludeTax: true, [Frequency.Monthly], new(20, 20));
        _ = await CreateTenantCommand.Write(open, command, BusinessTime.StartOf(new(2026, 1, 30), NewYork), CancellationToken.None);
        return new(connectionString, open, (await open.Tenant(id.ToString(), "test", CancellationToken.None)).Tenant);
    }

    /// <summary>The same database in the hands of a program that has just started.</summary>
    public async Task StartAgain()
    {
        await Open.DisposeAsync();
        Open = await OpenLedger.On(connectionString, Master, Beside.AllWork, CancellationToken.None);
    }

    /// <summary>A second program on the same database, with a memory of its own.</summary>
    public Task<OpenLedger> Another() => OpenLedger.On(connectionString, Master, Beside.Nothing, CancellationToken.None);

    /// <summary>A program with the same master key on another database: an empty one, or the one that it was given before.</summary>
    public async Task<OpenLedger> Elsewhere(Beside beside, bool isNew = true)
    {
        if (isNew) elsewhere = await TestCluster.NewDatabase(Prepare);
        return await OpenLedger.On(elsewhere!, Master, beside, CancellationToken.None);
    }

    public async Task<CommandContext> Context() => (await Open.Tenant(TenantName, "test", CancellationToken.None)).Context;

    public T Get<T>() where T : notnull => Open.Get<T>();

    /// <summary>Imports lines of CSV under a mapping.</summary>
    public async Task<ImportTally> Import(IEnumerable<string> lines, string mapping, Action<ImportTally, CancellationTokenSource>? watch = null)
    {
        using var file = new TextFile(lines);
        var source = new ImportSource(file.Path, mapping, Usd, Get<IPaymentProvider>());
        (await source.Check(new(2026, 1, 30), _ => new(false), CancellationToken.None)).Faults.ShouldBeEmpty();
        var tally = new ImportTally();
        using var stop = new CancellationTokenSource();
        var import = Get<SubscriberImport>().Run(Tenant, source, await Context(), tally, stop.Token);
        for (; watch is not null && !import.IsCompleted; await Task.Yield()) watch(tally, stop);
        await import;
        return tally;
    }

    public Task<ImportTally> ImportSample(int rows, Action<ImportTally, CancellationTokenSource>? watch = null) =>
        Import(SampleSubscribers.Lines(rows, seed: 1), SampleSubscribers.Mapping(new(2026, 1, 31)), watch);

    public async Task<TenantFigures> Viewed()
    {
        await Open.CatchUp(CancellationToken.None);
        return await TenantFigures.Read(Get<Listing>(), Get<MrrReport>(), TenantName, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Open.DisposeAsync();

    private static async Task Prepare(string connectionString)
    {
        await using var database = new LedgerDatabase(connectionString);
        _ = await Migrations.Apply(database, LedgerServices.Schemas, CancellationToken.None);
    }
}

/// <summary>A file for as long as a test needs it.</summary>
internal sealed class TextFile : IDisposable
{
    public TextFile(params IEnumerable<string> lines) => File.WriteAllLines(Path, lines);

    public string Path { get; } = System.IO.Path.GetTempFileName();

    public void Dispose() => File.Delete(Path);
}

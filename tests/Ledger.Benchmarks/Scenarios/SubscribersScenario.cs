using System.Diagnostics;
using System.Text.Json;
using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Time;
using Ledger.EventStore.Feed;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Projecting;
using Ledger.EventStore.Verification;
using Ledger.Gateways.Payments;
using Ledger.Projections;
using Ledger.Testing;
using Ledger.Workers.Billing;
using Ledger.Workers.CommandLine;
using Ledger.Workers.Importing;
using NodaTime;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>The main job, on as many subscribers as a small telephone company has: imported, billed, chased, rebuilt.</summary>
internal sealed class SubscribersScenario : IScenario
{
    private const int Subscribers = 7043;
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    public string Name => "subscribers";

    public string What => $"{Subscribers:N0} subscribers imported, billed, chased for 20 days, billed twice more, rebuilt, verified; one process";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var cluster = await TestCluster.Start(durable: true);
        await using var ledger = await OpenLedger.On(await cluster.CreateDatabase(), new MasterKey(new byte[32]), Beside.AllWork, ct);
        var id = new TenantId(Guid.CreateVersion7());
        _ = await CreateTenantCommand.Write(ledger, new CreateTenant(
            id, "Telephone", TenantMode.Sandbox, Currency.Parse("USD"), Zone, PricesIncludeTax: true, [Frequency.Monthly], new(20, 20)),
            BusinessTime.StartOf(new(2026, 1, 30), Zone), ct);

        var figures = new List<Figure>
        {
            new("import", await Timed(() => Import(ledger, id, ct)), "s", Most: 15),
            new("billing run, 2026-01-31, all charges answered", await Timed(() => Bill(ledger, id, new(2026, 1, 31), ct)), "s", Most: 10),
            new("20 days of dunning", await Timed(() => Advance(ledger, id, new(2026, 2, 21), ct)), "s"),
            new("billing run, 2026-02-28", await Timed(() => Bill(ledger, id, new(2026, 2, 28), ct)), "s"),
            new("billing run, 2026-03-31", await Timed(() => Bill(ledger, id, new(2026, 3, 31), ct)), "s"),
        };
        figures.Add(new("memory of the process, at most until here", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB", Most: 400));
        figures.Add(new("events in the log", await ledger.Get<EventFeed>().Head(ct), "events"));
        figures.Add(new("all views rebuilt", await Timed(() => ledger.Get<ViewRebuild>().Run(AllViews.Create(), null, ct)), "s", Most: 8));
        figures.Add(new("log verified", await Timed(async () =>
        {
            if (!(await new LogVerifier(ledger.Get<EventStore.Database.LedgerDatabase>()).Verify(null, null, ct)).IsIntact) throw new InvalidOperationException("The log is not intact.");
        }), "s"));
        return figures;
    }

    private static async Task<double> Timed(Func<Task> work)
    {
        var took = Stopwatch.StartNew();
        await work();
        return took.Elapsed.TotalSeconds;
    }

    private static async Task Import(OpenLedger ledger, TenantId id, CancellationToken ct)
    {
        var (tenant, context) = await ledger.Tenant(id.ToString(), "bench", ct);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllLinesAsync(path, SampleSubscribers.Lines(Subscribers, seed: 1), ct);
            var source = new ImportSource(path, SampleSubscribers.Mapping(new(2026, 1, 31)), tenant.Currency, ledger.Get<IPaymentProvider>());
            var tally = new ImportTally();
            await ledger.Get<SubscriberImport>().Run(tenant, source.Rows(ct), context, tally, ct);
            if (tally.Rows != Subscribers || tally.Refusals > 0) throw new InvalidOperationException($"{tally.Rows} rows, {tally.Refusals} refused.");
        }
        finally { File.Delete(path); }

        await ledger.CatchUp(ct);
    }

    private static async Task Bill(OpenLedger ledger, TenantId id, LocalDate day, CancellationToken ct)
    {
        var (tenant, context) = await ledger.Tenant(id.ToString(), "bench", ct);
        var (run, rejection) = await ledger.Get<BillingRunStart>().Request(tenant, day, context, ct);
        RefusedException.ThrowIf(rejection);
        var result = await BillCommand.Completed(ledger, context.Tenant, run, new Progress<Done>(), ct);
        if (result.Invoices == 0 || result.Charges != result.Invoices) throw new InvalidOperationException(JsonSerializer.Serialize(result));
    }

    private static async Task Advance(OpenLedger ledger, TenantId id, LocalDate day, CancellationToken ct)
    {
        var (tenant, context) = await ledger.Tenant(id.ToString(), "bench", ct);
        var (advance, rejection) = await ledger.Get<ClockAdvanceStart>().Request(tenant, BusinessTime.StartOf(day, Zone), context, ct);
        RefusedException.ThrowIf(rejection);
        _ = await ClockCommand.Completed(ledger, context.Tenant, advance, new Progress<Done>(), ct);
    }
}

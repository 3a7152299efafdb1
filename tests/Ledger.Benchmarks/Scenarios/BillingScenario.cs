using System.Diagnostics;
using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;
using Ledger.Domain.Time;
using Ledger.EventStore.PersonalData;
using Ledger.Gateways.Payments;
using Ledger.Testing;
using Ledger.Workers.Billing;
using Ledger.Workers.CommandLine;
using Ledger.Workers.Importing;
using NodaTime;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>A day on which a hundred thousand subscriptions fall due.</summary>
internal sealed class BillingScenario : IScenario
{
    private const int Subscribers = 125_000;   // Of the sample, four of five are active.
    private static readonly DateTimeZone Zone = DateTimeZoneProviders.Tzdb["America/New_York"];

    public string Name => "billing";

    public string What => "100,000 subscriptions due on one day: invoice, sandbox charge, answer";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var cluster = await TestCluster.Start(durable: true);
        await using var ledger = await OpenLedger.On(await cluster.CreateDatabase(), new MasterKey(new byte[32]), Beside.AllWork, ct);
        var id = new TenantId(Guid.CreateVersion7());
        _ = await CreateTenantCommand.Write(ledger, new CreateTenant(
            id, "Telephone", TenantMode.Sandbox, Currency.Parse("USD"), Zone, PricesIncludeTax: true, [Frequency.Monthly], new(20, 20)),
            BusinessTime.StartOf(new(2026, 1, 30), Zone), ct);
        var (tenant, context) = await ledger.Tenant(id.ToString(), "bench", ct);
        var path = Path.GetTempFileName();
        var import = await Measure.Seconds(async () =>
        {
            await File.WriteAllLinesAsync(path, SampleSubscribers.Lines(Subscribers, seed: 1), ct);
            var source = new ImportSource(path, SampleSubscribers.Mapping(new(2026, 1, 31)), tenant.Currency, ledger.Get<IPaymentProvider>());
            await ledger.Get<SubscriberImport>().Run(tenant, source.Rows(ct), context, new ImportTally(), ct);
        });
        File.Delete(path);
        while (true)   // The views of so many need more than a moment.
        {
            try { await ledger.CatchUp(ct); break; }
            catch (RefusedException) { }
        }

        var took = Stopwatch.StartNew();
        var (run, rejection) = await ledger.Get<BillingRunStart>().Request(tenant, new(2026, 1, 31), context, ct);
        RefusedException.ThrowIf(rejection);
        var result = await BillCommand.Completed(ledger, context.Tenant, run, new Progress<Done>(), ct);
        return
        [
            new("subscribers imported", Subscribers / import, "/s"),
            new("subscriptions billed", result.Invoices, "invoices"),
            new("until every charge is answered", took.Elapsed.TotalSeconds * 100_000 / result.Invoices, "s for 100,000", Most: 120),
            new("memory of the process, at most", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB", Most: 600),
        ];
    }
}

using System.Diagnostics;
using Ledger.Cli;
using Ledger.EventStore.PersonalData;
using Ledger.Testing;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>A day on which a hundred thousand subscriptions fall due.</summary>
internal sealed class BillingScenario : IScenario
{
    private const int Subscribers = 125_000;   // Of the sample, four of five are active.

    public string Name => "billing";

    public string What => "100,000 subscriptions due on one day: invoice, sandbox charge, answer";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var cluster = await TestCluster.Start(durable: true);
        await using var ledger = await OpenLedger.On(await cluster.CreateDatabase(), new MasterKey(new byte[32]), Beside.AllWork, ct);
        var company = await TelephoneCompany.Open(ledger, ct);
        var import = await Measure.Seconds(() => company.Import(Subscribers, ct));
        var invoices = 0L;
        var billing = await Measure.Seconds(async () => invoices = await company.Bill(new(2026, 1, 31), ct));
        return
        [
            new("subscribers imported", Subscribers / import, "/s"),
            new("subscriptions billed", invoices, "invoices"),
            new("until every charge is answered", billing * 100_000 / invoices, "s for 100,000", Most: 120),
            new("memory of the process, at most", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB", Most: 600),
        ];
    }
}

using System.Diagnostics;
using Ledger.Cli;
using Ledger.EventStore.Feed;
using Ledger.EventStore.PersonalData;
using Ledger.EventStore.Projecting;
using Ledger.EventStore.Verification;
using Ledger.Projections;
using Ledger.Testing;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>The main job, on as many subscribers as a small telephone company has: imported, billed, chased, rebuilt.</summary>
internal sealed class SubscribersScenario : IScenario
{
    private const int Subscribers = 7043;

    public string Name => "subscribers";

    public string What => $"{Subscribers:N0} subscribers imported, billed, chased for 20 days, billed twice more, rebuilt, verified; one process";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var cluster = await TestCluster.Start(durable: true);
        await using var ledger = await OpenLedger.On(await cluster.CreateDatabase(), new MasterKey(new byte[32]), Beside.AllWork, ct);
        var company = await TelephoneCompany.Open(ledger, ct);

        var figures = new List<Figure>
        {
            new("import", await Measure.Seconds(() => company.Import(Subscribers, ct)), "s", Most: 15),
            new("billing run, 2026-01-31, all charges answered", await Measure.Seconds(() => company.Bill(new(2026, 1, 31), ct)), "s", Most: 10),
            new("20 days of dunning", await Measure.Seconds(() => company.Advance(new(2026, 2, 21), ct)), "s"),
            new("billing run, 2026-02-28", await Measure.Seconds(() => company.Bill(new(2026, 2, 28), ct)), "s"),
            new("billing run, 2026-03-31", await Measure.Seconds(() => company.Bill(new(2026, 3, 31), ct)), "s"),
        };
        figures.Add(new("memory of the process, at most until here", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB", Most: 400));
        figures.Add(new("events in the log", await ledger.Get<EventFeed>().Head(ct), "events"));
        figures.Add(new("all views rebuilt", await Measure.Seconds(() => ledger.Get<ViewRebuild>().Run(AllViews.Create(), null, ct)), "s", Most: 8));
        figures.Add(new("log verified", await Measure.Seconds(async () =>
        {
            if (!(await new LogVerifier(ledger.Get<EventStore.Database.LedgerDatabase>()).Verify(null, null, ct)).IsIntact) throw new InvalidOperationException("The log is not intact.");
        }), "s"));
        return figures;
    }
}

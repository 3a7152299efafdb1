using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.Domain.Billing;
using Ledger.Domain.Time;
using Ledger.EventStore.Database;
using NodaTime;

namespace Ledger.Workers.Tests.Billing;

public sealed class ClockAdvanceTests
{
    [Fact]
    public async Task Moves_asked_for_at_once_follow_each_other_and_bill_once()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(20);
        var start = ledger.Get<ClockAdvanceStart>();
        var ids = new List<ClockAdvanceId>();
        foreach (var day in new[] { new LocalDate(2026, 2, 5), new(2026, 3, 1), new(2026, 3, 1), new(2026, 3, 31) })
        {
            var (id, rejection) = await start.Request(ledger.Tenant, BusinessTime.StartOf(day, TestLedger.NewYork), await ledger.Context(), CancellationToken.None);
            rejection.ShouldBeNull();
            ids.Add(id);
        }

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        foreach (var id in ids) _ = await ClockCommand.Completed(ledger.Open, ledger.TenantName, id, new Progress<Done>(), patience.Token);
        (await ledger.Context()).At.ShouldBe(BusinessTime.StartOf(new(2026, 3, 31), TestLedger.NewYork));
        await ledger.Open.CatchUp(CancellationToken.None);
        var twice = await ledger.Get<LedgerDatabase>().QueryAsWorker(
            "select count(*), count(distinct (subscription_id, period_from)) from views.invoices", [], row => (row.GetInt64(0), row.GetInt64(1)), CancellationToken.None);
        twice[0].Item1.ShouldBeGreaterThan(20);
        twice[0].Item1.ShouldBe(twice[0].Item2);
    }
}

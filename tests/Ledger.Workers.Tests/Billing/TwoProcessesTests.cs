using Ledger.Domain.Payments;
using Ledger.EventStore.Feed;
using Ledger.Workers.Billing;
using Ledger.Workers.CommandLine;
using NodaTime;

namespace Ledger.Workers.Tests.Billing;

/// <summary>What one process has in memory may be old, because another one wrote.</summary>
public class TwoProcessesTests
{
    private const int Days = 4;

    [Fact]
    public async Task Every_attempt_that_one_begins_is_made_by_one_of_them()
    {
        await using var ledger = await TestLedger.Start();
        await using var other = await ledger.Another();
        _ = await ledger.ImportSample(40);
        await MoveTo(ledger, ledger.Open, new LocalDate(2026, 2, 1));

        // In turns, so that each has the payments in memory as they were before the other went on.
        for (var day = 1; day <= Days; day++) await MoveTo(ledger, day % 2 == 0 ? ledger.Open : other, new LocalDate(2026, 2, 1).PlusDays(day));

        var events = await ledger.Get<EventFeed>().AfterForTenant(ledger.TenantName, 0, null, 10_000, CancellationToken.None);
        var begun = events.Count(one => one.Event is PaymentInitiated or PaymentRetried);
        events.Count(one => one.Event is PaymentCaptured or PaymentFailed).ShouldBe(begun);
        events.Where(one => one.Event is PaymentRetried).Max(one => ((PaymentRetried)one.Event).Attempt).ShouldBe(1 + Days);
    }

    private static async Task MoveTo(TestLedger ledger, OpenLedger by, LocalDate day)
    {
        var to = day.AtStartOfDayInZone(TestLedger.NewYork).ToInstant();
        var (id, rejection) = await by.Get<ClockAdvanceStart>().Request(ledger.Tenant, to, await ledger.Context(), CancellationToken.None);
        rejection.ShouldBeNull();
        _ = await ClockCommand.Completed(by, ledger.TenantName, id, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }
}

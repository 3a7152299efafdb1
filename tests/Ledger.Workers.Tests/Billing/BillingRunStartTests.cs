using Ledger.Application.Billing;
using Ledger.Application.Importing;
using Ledger.Cli;
using Ledger.Domain.Billing;
using Ledger.Domain.Time;
using Ledger.Projections;
using Ledger.Projections.Subscriptions;
using NodaTime;

namespace Ledger.Workers.Tests.Billing;

public class BillingRunStartTests
{
    private const int Rows = 30;
    private static readonly LocalDate FirstDay = new(2026, 1, 31);
    private static readonly string[][] Active = [.. SampleSubscribers.Lines(Rows, seed: 1).Skip(1).Select(line => line.Split(',')).Where(cells => cells[4] == "active")];
    private static readonly int Declined = Active.Count(cells => cells[3] == "check");

    [Fact]
    public async Task A_sandbox_tenant_is_billed_on_the_day_and_each_card_answers_for_itself()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(Rows);
        var result = await Bill(ledger, FirstDay);
        result.Invoices.ShouldBe(Active.Length);
        result.Failed.ShouldBe(Declined);
        result.Captured.ShouldBe(Active.Length - Declined);
        result.CapturedTotals.ShouldHaveSingleItem().Amount.ShouldBe(
            Active.Where(cells => cells[3] != "check").Sum(cells => long.Parse(cells[2].Replace(".", "", StringComparison.Ordinal))));
        (await ledger.Context()).At.ShouldBe(BusinessTime.StartOf(FirstDay, TestLedger.NewYork));

        var again = await Bill(ledger, FirstDay);
        (again.Invoices, again.Charges).ShouldBe((0, 0));
    }

    [Fact]
    public async Task Twenty_days_on_those_who_did_not_pay_have_expired()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(Rows);
        _ = await Bill(ledger, FirstDay);
        var to = BusinessTime.InstantOf(FirstDay.PlusDays(20), new(12, 0), TestLedger.NewYork);
        var (id, rejection) = await ledger.Get<ClockAdvanceStart>().Request(ledger.Tenant, to, await ledger.Context(), CancellationToken.None);
        rejection.ShouldBeNull();
        var advance = await ClockCommand.Completed(ledger.Open, ledger.TenantName, id, Unwatched, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        advance.At.ShouldBe(to);
        advance.Stops.ShouldBeGreaterThanOrEqualTo(20);

        (await CountOf(ledger, "expired")).ShouldBe(Declined);
        (await CountOf(ledger, "past_due")).ShouldBe(0);
        (await CountOf(ledger, "active")).ShouldBe(Active.Length - Declined);
    }

    [Fact]
    public async Task A_clock_does_not_go_back()
    {
        await using var ledger = await TestLedger.Start();
        var (_, rejection) = await ledger.Get<ClockAdvanceStart>().Request(
            ledger.Tenant, Instant.FromUtc(2026, 1, 1, 0, 0), await ledger.Context(), CancellationToken.None);
        rejection.ShouldBe(ClockRejections.Backwards);
    }

    private static readonly Progress<Done> Unwatched = new();

    private static async Task<BillingRunCompleted> Bill(TestLedger ledger, LocalDate day)
    {
        var (run, rejection) = await ledger.Get<BillingRunStart>().Request(ledger.Tenant, day, await ledger.Context(), CancellationToken.None);
        rejection.ShouldBeNull();
        return await BillCommand.Completed(ledger.Open, ledger.TenantName, run, Unwatched, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    private static async Task<long> CountOf(TestLedger ledger, string status)
    {
        await ledger.Open.CatchUp(CancellationToken.None);
        var page = await ledger.Get<Listing>().Read<SubscriptionRow>(
            ledger.TenantName, "subscriptions", new(1, null, 0, WithTotal: true), [("status = {0}", status)], row => row.CreatedPosition, CancellationToken.None);
        return page.Total!.Value;
    }
}

using Ledger.Domain.Tests.Subscriptions;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Accounting;

/// <summary>Published figures of revenue, by the commands that lead to them and the entries that these make.</summary>
public class PublishedRevenueTests
{
    [Fact]
    public void J_01_a_month_across_two_of_them_paid_late_and_partly_by_the_balance()
    {
        var plan = new Plan("31", "monthly", "2024-01-15");
        _ = plan.Run(new AdjustCustomerBalance(Jon, Number(70), BalanceOperation.Credit, Usd(11), null, Day("2024-01-01")));
        _ = plan.Run(new BillSubscription(Breads, Bakery, Day("2024-01-15")));
        plan.Capture("2024-02-01");
        (Of(plan, Account.Revenue, "2024-01-31"), Of(plan, Account.DeferredRevenue, "2024-01-31")).ShouldBe((-1700, -1400));
        (Of(plan, Account.Revenue, "2024-02-29"), Of(plan, Account.DeferredRevenue, "2024-02-29")).ShouldBe((-3100, 0));
        Of(plan, Account.Cash("mock"), "2024-01-31").ShouldBe(0);
        Of(plan, Account.Cash("mock"), "2024-02-29").ShouldBe(2000);
        (Of(plan, Account.CustomerBalances, "2024-01-14"), Of(plan, Account.CustomerBalances, "2024-01-31")).ShouldBe((-1100, 0));
        Of(plan, Account.Receivable, "2024-02-29").ShouldBe(0);
    }

    [Fact]
    public void J_03_a_hundred_and_twenty_days_by_the_day()
    {
        var plan = new Plan("120", "every_120_days", "2026-06-15");
        _ = plan.Bill("2026-06-15");
        string[] ends = ["2026-06-30", "2026-07-31", "2026-08-31", "2026-09-30", "2026-10-31"];
        ends.Select(end => -Of(plan, Account.Revenue, end)).Prepend(0).Zip(ends.Select(end => -Of(plan, Account.Revenue, end)), (before, after) => (after - before) / 100)
            .ShouldBe([16, 31, 31, 30, 12]);
        Of(plan, Account.DeferredRevenue, "2026-06-30").ShouldBe(-10400);
    }

    [Fact]
    public void J_05_a_change_within_a_month()
    {
        var plan = new Plan("90", "monthly", "2024-04-01");
        _ = plan.Bill("2024-04-01");
        Of(plan, Account.Revenue, "2024-04-20").ShouldBe(-6000);
        _ = plan.Change("2024-04-21", "120");
        Of(plan, Account.Revenue, "2024-04-30").ShouldBe(-10000);
        (Of(plan, Account.DeferredRevenue, "2024-04-30"), Of(plan, Account.Cash("mock"), "2024-04-30")).ShouldBe((0, 10000));
    }

    /// <summary>What an account holds at the end of a day, in cents.</summary>
    private static long Of(Plan plan, string account, string day)
    {
        var entries = plan.Ledger.Log.Select(one => Journal.Of(one.Event)).OfType<JournalEntry>().Where(one => one.On <= Day(day)).ToList();
        var booked = entries.SelectMany(one => one.Postings).Where(one => one.Account == account).Sum(one => one.Amount);
        return booked + entries.SelectMany(one => one.Spread).Sum(one => (one.From == account ? one.MovedBy(Day(day)) : 0) - (one.To == account ? one.MovedBy(Day(day)) : 0));
    }
}

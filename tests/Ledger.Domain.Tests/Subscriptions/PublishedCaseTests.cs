using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Subscriptions;

/// <summary>Published figures, by the commands that lead to them, under the ids by which the docs list them.</summary>
public class PublishedCaseTests
{
    /// <summary>Subscribed, the first period billed and paid; then changed on a day, and one document comes of it.</summary>
    [Theory]
    [InlineData("P-07", "249.95", "monthly", "2012-05-01", 1, "2012-05-12", "2399.95", "yearly", "-161.26 2327.62 = 2166.36")]
    [InlineData("P-09", "29.95", "monthly", "2012-05-01", 1, "2012-05-12", "69.95", "quarterly", "-19.32 61.59 = 42.27")]
    [InlineData("P-17", "249.95", "monthly", "2012-05-01", null, "2012-05-05", "599.95", null, "-217.70 522.54 = 304.84")]
    [InlineData("P-19", "1000", "monthly", "2013-08-01", null, "2013-08-16", "10000", "yearly", "-516.13 10000.00 = 9483.87")]
    [InlineData("P-24", "10", "monthly", "2024-03-01", null, "2024-03-15", "20", null, "-5.48 10.97 = 5.49")]
    [InlineData("P-25", "2x50", "monthly", "2024-03-01", null, "2024-03-15", "1x30", null, "-54.84 16.45 = -38.39")]
    [InlineData("P-27 added", "10", "monthly", "2024-03-01", null, "2024-03-15", "10 25", null, "-5.48 5.48 13.71 = 13.71")]
    [InlineData("P-27 removed", "10 40", "monthly", "2024-03-01", null, "2024-03-15", "10", null, "-5.48 -21.94 5.48 = -21.94")]
    [InlineData("P-29", "300", "monthly", "2024-06-01", null, "2024-06-30", "600", null, "-10.00 20.00 = 10.00")]
    [InlineData("P-31", "100 30", "monthly", "2024-06-01", null, "2024-06-16", "200 50", null, "-50.00 -15.00 100.00 25.00 = 60.00")]
    [InlineData("P-45", "10", "monthly", "2024-06-01", null, "2024-06-16", "10 10", null, "-5.00 5.00 5.00 = 5.00")]
    [InlineData("J-05", "90", "monthly", "2024-04-01", null, "2024-04-21", "120", null, "-30.00 40.00 = 10.00")]
    public void A_change_within_a_period(
        string id, string before, string frequency, string start, int? billingDay, string on, string after, string? newFrequency, string expected)
    {
        var plan = new Plan(before, frequency, start, billingDay);
        _ = plan.Bill(start);
        Plan.Figures(plan.Change(on, after, newFrequency)).ShouldBe(expected, id);
    }

    [Theory]
    [InlineData("P-01", "24.95", "2021-09-16", 25, "2021-09-25", "2021-09-16/2021-09-25 7.24", "2021-09-25/2021-10-25 24.95")]
    [InlineData("P-03", "24.95", "2021-09-25", 17, "2021-10-17", "2021-09-25/2021-10-17 18.30", "2021-10-17/2021-11-17 24.95")]
    [InlineData("P-05", "17.95", "2021-09-30", 20, "2021-10-20", "2021-09-30/2021-10-20 11.97", "2021-10-20/2021-11-20 17.95")]
    [InlineData("R-05", "249.95", "2012-03-02", 31, "2012-03-31", "2012-03-02/2012-03-31 233.82", "2012-03-31/2012-04-30 249.95")]
    [InlineData("A-07", "30", "2012-01-31", 30, "2012-02-29", "2012-01-31/2012-02-29 29.00", "2012-02-29/2012-03-30 30.00")]
    [InlineData("A-09", "31", "2012-07-16", 15, "2012-08-15", "2012-07-16/2012-08-15 30.00", "2012-08-15/2012-09-15 31.00")]
    [InlineData("A-10", "29", "2012-03-02", 3, "2012-03-03", "2012-03-02/2012-03-03 1.00", "2012-03-03/2012-04-03 29.00")]
    [InlineData("A-10 same day", "31", "2012-03-03", 3, "2012-04-03", "2012-03-03/2012-04-03 31.00", "2012-04-03/2012-05-03 31.00")]
    [InlineData("A-10 after", "31", "2012-03-04", 3, "2012-04-03", "2012-03-04/2012-04-03 30.00", "2012-04-03/2012-05-03 31.00")]
    [InlineData("A-11", "31", "2012-04-30", 31, "2012-05-31", "2012-04-30/2012-05-31 31.00", "2012-05-31/2012-06-30 31.00")]
    public void A_billing_day_makes_the_first_period_short(string id, string price, string start, int billingDay, string next, params string[] expected)
    {
        var plan = new Plan(price, "monthly", start, billingDay);
        plan.Bill(start).Concat(plan.Bill(Day(next).PlusDays(-1).ToString("uuuu-MM-dd", null))).Concat(plan.Bill(next))
            .Select(issued => $"{issued.Period} {issued.Total.ToDecimalString()}").ShouldBe(expected, id);
    }

    [Theory]
    [InlineData("A-01", "2022-12-31", "2023-05-31", "2022-12-31 2023-01-31 2023-02-28 2023-03-31 2023-04-30 2023-05-31")]
    [InlineData("A-03", "2023-03-31", "2023-05-01", "2023-03-31 2023-04-30")]
    [InlineData("A-05", "2024-01-30", "2024-03-30", "2024-01-30 2024-02-29 2024-03-30")]
    [InlineData("A-13", "2024-01-31", "2024-02-29", "2024-01-31 2024-02-29")]
    [InlineData("A-17", "2025-02-28", "2025-03-31", "2025-02-28 2025-03-28")]
    [InlineData("Z-07", "2015-03-08", "2015-06-08", "2015-03-08 2015-04-08 2015-05-08 2015-06-08")]
    public void Every_month_is_billed_once_however_often_the_job_runs(string id, string start, string until, string expected)
    {
        var plan = new Plan("10", "monthly", start);
        var days = new List<string>();
        for (var day = Day(start); day <= Day(until); day = day.PlusDays(1))
            for (var run = 0; run < 2; run++) days.AddRange(plan.Bill($"{day:uuuu-MM-dd}").Select(issued => $"{issued.IssuedOn:uuuu-MM-dd}"));
        string.Join(' ', days).ShouldBe(expected, id);
    }

    [Theory]
    [InlineData("P-13", "249.95", "2016-04-01", 15, "2016-05-01", "2016-05-15", "2016-05-01/2016-05-15 116.64", "2016-05-15/2016-06-15 249.95")]
    [InlineData("Z-05", "29.95", "2017-03-01", 31, "2017-03-31", "2017-04-30", "2017-03-31/2017-04-30 29.95", "2017-04-30/2017-05-31 29.95")]
    [InlineData("Z-11", "50000.00", "2023-05-03", 1, "2023-06-02", "2023-07-01", "2023-06-02/2023-07-01 48333.33", "2023-07-01/2023-08-01 50000.00")]
    public void A_trial_is_free_and_the_first_period_begins_as_it_ends(
        string id, string price, string start, int billingDay, string trialEnds, string next, params string[] expected)
    {
        var plan = new Plan(price, "monthly", start, billingDay, trialEnds);
        plan.State.Status.ShouldBe(SubscriptionStatus.Active);
        plan.Bill(Day(trialEnds).PlusDays(-1).ToString("uuuu-MM-dd", null)).ShouldBeEmpty();
        plan.Bill(trialEnds).Concat(plan.Bill(next)).Select(issued => $"{issued.Period} {issued.Total.ToDecimalString()}").ShouldBe(expected, id);
    }

    [Fact]
    public void P_11_a_pause_is_credited_and_the_credit_pays_for_the_return()
    {
        var plan = new Plan("249.95", "monthly", "2012-05-01", billingDay: 1);
        _ = plan.Bill("2012-05-01");
        _ = plan.Change("2012-05-12", "2399.95", "yearly");
        _ = plan.Run(new CreditSubscriptionPause(Breads, Bakery, null, Day("2012-05-12")));
        plan.Balance.ToDecimalString().ShouldBe("2327.62");

        _ = plan.Run(new ResumeSubscription(Breads, Day("2012-06-04")));
        var events = plan.Run(new BillSubscription(Breads, Bakery, Day("2012-06-04")));
        var issued = events.OfType<InvoiceIssued>().Single();
        (issued.Period!.Value.ToString(), issued.Total.ToDecimalString()).ShouldBe(("2012-06-04/2013-06-01", "2380.22"));
        events.OfType<CustomerBalanceApplied>().Single().Amount.ToDecimalString().ShouldBe("2327.62");
        events.OfType<PaymentInitiated>().Single().Amount.ToDecimalString().ShouldBe("52.60");
    }

    [Fact]
    public void D_03_days_without_service_are_credited()
    {
        var plan = new Plan("249.95", "monthly", "2012-05-31");
        _ = plan.Bill("2012-06-30");
        _ = plan.Run(new CreditSubscriptionPause(Breads, Bakery, null, Day("2012-07-10")));
        plan.Balance.ToDecimalString().ShouldBe("169.32");
    }

    [Theory]
    [InlineData("P-33", "2024-03-16", "48.39", "51.61")]
    [InlineData("P-33 shorter", "2024-03-11", "32.26", "67.74")]
    public void Service_for_some_of_the_days(string id, string until, string kept, string back)
    {
        var plan = new Plan("100", "monthly", "2024-03-01");
        _ = plan.Bill("2024-03-01");
        _ = plan.Run(new CreditSubscriptionPause(Breads, Bakery, null, Day(until)));
        plan.Balance.ToDecimalString().ShouldBe(back, id);
        (decimal.Parse(kept, null) + decimal.Parse(back, null)).ShouldBe(100m);
    }

    [Fact]
    public void T_17_three_months_at_one_price_then_another()
    {
        var plan = new Plan("4.95", "monthly", "2024-01-15");
        var billed = plan.Bill("2024-03-15").ToList();
        _ = plan.Run(new ChangeSubscriptionPlan(Breads, plan.Items("24.95"), null, Day("2024-03-20")));
        billed.AddRange(plan.Bill("2024-04-15"));
        billed.Select(issued => issued.Total.ToDecimalString()).ShouldBe(["4.95", "4.95", "4.95", "24.95"]);
    }

    /// <summary>However long the days are that it is asked for, a period costs its price and no more.</summary>
    [Theory]
    [InlineData("P-35", "2024-03-01", "100.00")]
    [InlineData("P-35 on the last day", "2024-03-31", "3.23")]
    public void Never_more_than_the_whole_comes_back(string id, string on, string back)
    {
        var plan = new Plan("100", "monthly", "2024-03-01");
        _ = plan.Bill("2024-03-01");
        _ = plan.Run(new CreditSubscriptionPause(Breads, Bakery, null, Day(on)));
        plan.Balance.ToDecimalString().ShouldBe(back, id);
    }
}

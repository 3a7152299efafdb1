using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Amounts;

/// <summary>Each row is a published figure, under the id by which the docs list it.</summary>
public class ProrationTests
{
    /// <summary>What a price costs from a day to the end of the period around it.</summary>
    [Theory]
    [InlineData("P-01", "24.95", "monthly", "2021-09-16", 25, "2021-09-16", "7.24")]
    [InlineData("P-01 then", "24.95", "monthly", "2021-09-16", 25, "2021-09-25", "24.95")]
    [InlineData("P-03", "24.95", "monthly", "2021-09-25", 17, "2021-09-25", "18.30")]
    [InlineData("P-05", "17.95", "monthly", "2021-09-30", 20, "2021-09-30", "11.97")]
    [InlineData("P-07 new", "2399.95", "yearly", "2012-05-12", 1, "2012-05-12", "2327.62")]
    [InlineData("P-07 old", "-249.95", "monthly", "2012-05-01", 1, "2012-05-12", "-161.26")]
    [InlineData("P-09 new", "69.95", "quarterly", "2012-05-12", 1, "2012-05-12", "61.59")]
    [InlineData("P-09 old", "-29.95", "monthly", "2012-05-01", 1, "2012-05-12", "-19.32")]
    [InlineData("P-11 pause", "-2399.95", "yearly", "2012-05-12", 1, "2012-05-12", "-2327.62")]
    [InlineData("P-11 resume", "2399.95", "yearly", "2012-06-04", 1, "2012-06-04", "2380.22")]
    [InlineData("P-13", "249.95", "monthly", "2016-05-01", 15, "2016-05-01", "116.64")]
    [InlineData("P-13 then", "249.95", "monthly", "2016-05-01", 15, "2016-05-15", "249.95")]
    [InlineData("P-17 new", "599.95", "monthly", "2012-05-01", 1, "2012-05-05", "522.54")]
    [InlineData("P-17 old", "-249.95", "monthly", "2012-05-01", 1, "2012-05-05", "-217.70")]
    [InlineData("P-19 new", "10000", "yearly", "2013-08-16", 16, "2013-08-16", "10000.00")]
    [InlineData("P-19 old", "-1000", "monthly", "2013-08-01", 1, "2013-08-16", "-516.13")]
    [InlineData("P-24 old", "-10", "monthly", "2024-03-01", 1, "2024-03-15", "-5.48")]
    [InlineData("P-24 new", "20", "monthly", "2024-03-01", 1, "2024-03-15", "10.97")]
    [InlineData("P-25 old", "-100", "monthly", "2024-03-01", 1, "2024-03-15", "-54.84")]
    [InlineData("P-25 new", "30", "monthly", "2024-03-01", 1, "2024-03-15", "16.45")]
    [InlineData("P-27 added", "25", "monthly", "2024-03-01", 1, "2024-03-15", "13.71")]
    [InlineData("P-27 removed", "-40", "monthly", "2024-03-01", 1, "2024-03-15", "-21.94")]
    [InlineData("P-29 old", "-300", "monthly", "2024-06-01", 1, "2024-06-30", "-10.00")]
    [InlineData("P-29 new", "600", "monthly", "2024-06-01", 1, "2024-06-30", "20.00")]
    [InlineData("P-31 old", "-100", "monthly", "2024-06-01", 1, "2024-06-16", "-50.00")]
    [InlineData("P-31 new", "200", "monthly", "2024-06-01", 1, "2024-06-16", "100.00")]
    [InlineData("P-31 removed", "-30", "monthly", "2024-06-01", 1, "2024-06-16", "-15.00")]
    [InlineData("P-31 added", "50", "monthly", "2024-06-01", 1, "2024-06-16", "25.00")]
    [InlineData("P-33", "100", "monthly", "2024-03-01", 1, "2024-03-17", "48.39")]
    [InlineData("P-33 shorter", "100", "monthly", "2024-03-01", 1, "2024-03-22", "32.26")]
    [InlineData("P-45", "10", "monthly", "2024-06-01", 1, "2024-06-16", "5.00")]
    [InlineData("D-03", "-249.95", "monthly", "2012-05-31", 31, "2012-07-10", "-169.32")]
    [InlineData("J-05 old", "-90", "monthly", "2024-04-01", 1, "2024-04-21", "-30.00")]
    [InlineData("J-05 new", "120", "monthly", "2024-04-01", 1, "2024-04-21", "40.00")]
    [InlineData("R-05", "249.95", "monthly", "2012-03-02", 31, "2012-03-02", "233.82")]
    [InlineData("T-13", "160.00", "monthly", "2023-06-02", 1, "2023-06-02", "154.67")]
    [InlineData("Z-11", "50000.00", "monthly", "2023-06-02", 1, "2023-06-02", "48333.33")]
    public void From_a_day_to_the_end_of_the_period(
        string id, string price, string frequency, string start, int dayOfMonth, string from, string expected)
    {
        var (every, anchor) = (Frequency.Parse(frequency), new BillingAnchor(Day(start), dayOfMonth));
        var full = BillingCalendar.FullPeriodContaining(anchor, every, Day(from));
        var span = BillingPeriod.Create(Day(from), BillingCalendar.NextAfter(anchor, every, Day(from)));
        Usd(Number(price)).Prorate(span, full).ToDecimalString().ShouldBe(expected, id);
    }

    [Theory]
    [InlineData("P-07", "2166.36", "2327.62 -161.26")]
    [InlineData("P-11", "52.60", "2380.22 -2327.62")]
    [InlineData("P-19", "9483.87", "10000 -516.13")]
    [InlineData("P-24", "5.49", "-5.48 10.97")]
    [InlineData("P-25", "-38.39", "-54.84 16.45")]
    [InlineData("P-29", "10.00", "-10 20")]
    [InlineData("P-31", "60.00", "-50 100 -15 25")]
    public void The_net_of_a_change_is_the_sum_of_its_rounded_lines(string id, string net, string lines) => Money
        .Sum(Currency.Parse("USD"), lines.Split(' ').Select(line => Usd(Number(line))))
        .ToDecimalString().ShouldBe(net, id);

    [Theory]
    [InlineData("F-01", "monthly", "2023-05-23", 15, 23, 31)]
    [InlineData("F-03", "monthly", "2023-02-23", 15, 20, 28)]
    [InlineData("F-17", "quarterly", "2025-10-08", 1, 85, 92)]
    [InlineData("P-01", "monthly", "2021-09-16", 25, 9, 31)]
    [InlineData("P-03", "monthly", "2021-09-25", 17, 22, 30)]
    [InlineData("P-05", "monthly", "2021-09-30", 20, 20, 30)]
    [InlineData("P-07", "yearly", "2012-05-12", 1, 354, 365)]
    [InlineData("P-09", "quarterly", "2012-05-12", 1, 81, 92)]
    [InlineData("P-11", "yearly", "2012-06-04", 1, 362, 365)]
    [InlineData("P-13", "monthly", "2016-05-01", 15, 14, 30)]
    [InlineData("R-05", "monthly", "2012-03-02", 31, 29, 31)]
    public void A_first_stub_is_some_days_of_a_full_period(
        string id, string frequency, string start, int dayOfMonth, int days, int ofDays)
    {
        var (every, anchor) = (Frequency.Parse(frequency), new BillingAnchor(Day(start), dayOfMonth));
        BillingCalendar.PeriodAt(anchor, every, 0).Days.ShouldBe(days, id);
        BillingCalendar.FullPeriodAt(anchor, every, 0).Days.ShouldBe(ofDays, id);
    }

    [Theory]
    [InlineData("P-35 longer", 40, 31, 100)]
    [InlineData("P-35 no full period", 1, 0, 100)]
    [InlineData("P-35 nothing of nothing", 0, 0, 100)]
    [InlineData("F-13", 0, 31, 0)]
    [InlineData("whole", 31, 31, 100)]
    public void Never_more_than_the_whole(string id, int days, int ofDays, decimal expected)
    {
        Usd(100).Prorate(days, ofDays).ShouldBe(Usd(expected), id);
        Usd(-100).Prorate(days, ofDays).ShouldBe(Usd(-expected), id);
    }

    [Fact]
    public void Days_below_zero_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Usd(1).Prorate(-1, 31));
        Should.Throw<ArgumentOutOfRangeException>(() => Usd(1).Prorate(1, -31));
    }

    [Fact]
    public void A_part_is_between_nothing_and_the_whole_and_a_credit_mirrors_it() =>
        Prop.ForAll(AnyMoney.ToArbitrary(), Gen.Choose(0, 400).Two().ToArbitrary(), (price, days) =>
        {
            var part = price.Prorate(days.Item1, days.Item2);
            var between = price.Amount < 0
                ? part.Amount >= price.Amount && part.Amount <= 0
                : part.Amount <= price.Amount && part.Amount >= 0;
            return between && (-price).Prorate(days.Item1, days.Item2) == -part;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_day_more_never_costs_less_and_two_halves_are_a_unit_off_at_most() =>
        Prop.ForAll(AnyMoney.ToArbitrary(), Gen.Choose(1, 400).ToArbitrary(), (price, ofDays) =>
        {
            var parts = Enumerable.Range(0, ofDays + 1).Select(days => price.Prorate(days, ofDays)).ToArray();
            var grows = parts.Zip(parts.Skip(1)).All(pair => Math.Sign(price.Amount) switch
            {
                < 0 => pair.Second <= pair.First,
                _ => pair.Second >= pair.First,
            });
            return grows && parts.Zip(parts.Reverse()).All(pair =>
                Math.Abs(pair.First.Amount + pair.Second.Amount - price.Amount) <= 1);
        }).QuickCheckThrowOnFailure();
}

using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Time;

public class BillingCalendarTests
{
    [Theory]
    [InlineData("A-03", "2023-03-31", "monthly", 1, "2023-04-30")]
    [InlineData("A-03", "2023-03-31", "monthly", 2, "2023-05-31")]
    [InlineData("A-05", "2024-01-30", "monthly", 1, "2024-02-29")]
    [InlineData("A-05", "2024-01-30", "monthly", 2, "2024-03-30")]
    [InlineData("A-05", "2024-01-30", "monthly", 3, "2024-04-30")]
    [InlineData("A-13", "2024-01-31", "monthly", 1, "2024-02-29")]
    [InlineData("A-15", "2024-12-31", "every_2_months", 1, "2025-02-28")]
    [InlineData("A-15", "2024-12-31", "monthly", 2, "2025-02-28")]
    [InlineData("A-17", "2025-02-28", "monthly", 1, "2025-03-28")]
    [InlineData("A-19", "2024-02-29", "yearly", 1, "2025-02-28")]
    [InlineData("A-19", "2024-02-29", "yearly", 3, "2027-02-28")]
    [InlineData("A-19", "2024-02-29", "yearly", 4, "2028-02-29")]
    [InlineData("A-19", "2024-02-29", "every_12_months", 4, "2028-02-29")]
    [InlineData("A-21", "2026-03-22", "quarterly", 1, "2026-06-22")]
    [InlineData("A-21", "2026-03-15", "every_6_months", 1, "2026-09-15")]
    [InlineData("F-11", "2016-04-08", "weekly", 7, "2016-05-27")]
    [InlineData("F-11", "2016-04-08", "every_7_weeks", 1, "2016-05-27")]
    [InlineData("days", "2024-02-28", "every_2_days", 1, "2024-03-01")]
    [InlineData("ninety years", "2024-01-31", "monthly", 1081, "2114-02-28")]
    public void The_date_on_which_a_period_begins(
        string id, string start, string frequency, int index, string expected) =>
        BillingCalendar.PeriodAt(Day(start), Frequency.Parse(frequency), index).From.ShouldBe(Day(expected), id);

    [Fact]
    public void A_01_the_end_of_every_month_has_its_own_last_day()
    {
        LocalDate[] expected =
        [
            Day("2023-01-31"), Day("2023-02-28"), Day("2023-03-31"), Day("2023-04-30"), Day("2023-05-31"),
            Day("2023-06-30"), Day("2023-07-31"), Day("2023-08-31"), Day("2023-09-30"), Day("2023-10-31"),
            Day("2023-11-30"), Day("2023-12-31"), Day("2024-01-31"), Day("2024-02-29"), Day("2024-03-31"),
        ];
        var start = Day("2022-12-31");
        Enumerable.Range(1, 15).Select(index => BillingCalendar.PeriodAt(start, Frequency.Monthly, index).From)
            .ShouldBe(expected);

        // Asked on every day, as a daily job asks, each date is named once.
        Enumerable.Range(0, Period.DaysBetween(start, Day("2024-03-31")))
            .Select(days => BillingCalendar.NextAfter(start, Frequency.Monthly, start.PlusDays(days))).Distinct()
            .ShouldBe(expected);
    }

    [Theory]
    [InlineData("A-07", "2012-01-31", 30, "monthly", "2012-02-29")]
    [InlineData("A-07", "2012-01-31", 30, "yearly", "2013-01-30")]
    [InlineData("A-09", "2012-07-16", 15, "monthly", "2012-08-15")]
    [InlineData("A-10", "2012-03-02", 3, "monthly", "2012-03-03")]
    [InlineData("A-10", "2012-03-03", 3, "monthly", "2012-03-03")]
    [InlineData("A-10", "2012-03-04", 3, "monthly", "2012-04-03")]
    [InlineData("A-11", "2012-04-30", 31, "monthly", "2012-04-30")]
    [InlineData("P-07", "2012-05-12", 1, "yearly", "2013-05-01")]
    [InlineData("P-19", "2013-08-16", 16, "yearly", "2013-08-16")]
    public void The_first_anchor_date_is_never_in_the_past(
        string id, string start, int dayOfMonth, string frequency, string expected) => BillingCalendar
        .FirstAnchorDate(new BillingAnchor(Day(start), dayOfMonth), Frequency.Parse(frequency))
        .ShouldBe(Day(expected), id);

    [Theory]
    [InlineData("A-11", "2012-04-30", 31, 0, "2012-04-30", "2012-05-31")]
    [InlineData("A-11 later", "2012-04-30", 31, 1, "2012-05-31", "2012-06-30")]
    [InlineData("A-07", "2012-01-31", 30, 0, "2012-01-31", "2012-02-29")]
    [InlineData("A-07 later", "2012-01-31", 30, 1, "2012-02-29", "2012-03-30")]
    [InlineData("P-01", "2021-09-16", 25, 0, "2021-09-16", "2021-09-25")]
    [InlineData("P-01 then", "2021-09-16", 25, 1, "2021-09-25", "2021-10-25")]
    [InlineData("P-13 then", "2016-05-01", 15, 1, "2016-05-15", "2016-06-15")]
    [InlineData("Z-05", "2017-03-31", 31, 0, "2017-03-31", "2017-04-30")]
    public void Months_with_an_anchor_day_of_their_own(
        string id, string start, int dayOfMonth, int index, string from, string until) => BillingCalendar
        .PeriodAt(new BillingAnchor(Day(start), dayOfMonth), Frequency.Monthly, index)
        .ShouldBe(BillingPeriod.Create(Day(from), Day(until)), id);

    [Theory]
    [InlineData("F-07", "monthly", "2012-09-15", 1)]
    [InlineData("F-07", "monthly", "2012-09-16", 2)]
    [InlineData("F-07", "monthly", "2012-09-17", 2)]
    [InlineData("F-09", "weekly", "2012-07-29", 1)]
    [InlineData("F-09", "weekly", "2012-07-30", 2)]
    public void Whole_periods_since_the_start(string id, string frequency, string until, int expected) =>
        BillingCalendar.IndexOf(Day("2012-07-16"), Frequency.Parse(frequency), Day(until)).ShouldBe(expected, id);

    [Fact]
    public void Nothing_is_billed_before_the_start()
    {
        var start = Day("2026-01-31");
        BillingCalendar.NextAfter(start, Frequency.Monthly, Day("2025-12-01")).ShouldBe(start);
        BillingCalendar.NextAfter(start, Frequency.Monthly, start).ShouldBe(Day("2026-02-28"));
        Should.Throw<ArgumentOutOfRangeException>(() => BillingCalendar.PeriodAt(start, Frequency.Monthly, -1));
        Should.Throw<ArgumentOutOfRangeException>(
            () => BillingCalendar.PeriodContaining(start, Frequency.Monthly, Day("2026-01-30")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    [InlineData(-1)]
    public void An_anchor_day_that_no_month_has_is_refused(int dayOfMonth) =>
        Should.Throw<ArgumentOutOfRangeException>(() => new BillingAnchor(Day("2026-01-31"), dayOfMonth));

    [Fact]
    public void Periods_follow_one_another_and_the_first_begins_at_the_start() => Check((anchor, frequency, index) =>
        BillingCalendar.PeriodAt(anchor, frequency, 0).From == anchor.Start
            && BillingCalendar.PeriodAt(anchor, frequency, index).Until
                == BillingCalendar.PeriodAt(anchor, frequency, index + 1).From);

    [Fact]
    public void Counting_from_the_anchor_is_the_same_as_walking_there() => Check((anchor, frequency, index) =>
        BillingCalendar.PeriodAt(anchor, frequency, index).From == Enumerable.Range(0, index)
            .Aggregate(anchor.Start, (date, _) => BillingCalendar.NextAfter(anchor, frequency, date)));

    [Fact]
    public void The_period_of_a_date_contains_it() => Check((anchor, frequency, days) =>
    {
        var date = anchor.Start.PlusDays(7 * days);
        var period = BillingCalendar.PeriodContaining(anchor, frequency, date);
        var full = BillingCalendar.FullPeriodContaining(anchor, frequency, date);
        return period.Contains(date) && full.From <= period.From && full.Until == period.Until
            && (full == period || BillingCalendar.IndexOf(anchor, frequency, date) == 0);
    });

    [Fact]
    public void The_anchor_day_is_kept_or_is_the_last_day_of_a_shorter_month() => Check((anchor, frequency, index) =>
    {
        var until = BillingCalendar.PeriodAt(anchor, frequency, index).Until;
        var length = CalendarSystem.Iso.GetDaysInMonth(until.Year, until.Month);
        return frequency.Unit is FrequencyUnit.Day or FrequencyUnit.Week
            || until.Day == Math.Min(anchor.DayOfMonth ?? anchor.Start.Day, length);
    });

    [Fact]
    public void Weeks_and_days_have_one_length() => Check((anchor, frequency, index) =>
        BillingCalendar.PeriodAt(anchor, frequency, index).Days == frequency.Unit switch
        {
            FrequencyUnit.Day => frequency.Count,
            FrequencyUnit.Week => 7 * frequency.Count,
            _ => BillingCalendar.PeriodAt(anchor, frequency, index).Days,
        });

    private static void Check(Func<BillingAnchor, Frequency, int, bool> holds) =>
        Prop.ForAll(AnyAnchor.ToArbitrary(), AnyFrequency.ToArbitrary(), Gen.Choose(0, 60).ToArbitrary(), holds)
            .QuickCheckThrowOnFailure();
}

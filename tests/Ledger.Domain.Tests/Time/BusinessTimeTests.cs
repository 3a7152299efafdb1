using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Time;

public class BusinessTimeTests
{
    private static readonly string[] Zones =
    [
        "Atlantic/Reykjavik", "Europe/Copenhagen", "America/New_York", "America/Los_Angeles", "America/Havana",
        "Australia/Lord_Howe", "Asia/Kolkata", "Pacific/Apia", "Africa/Casablanca", "Asia/Beirut",
    ];

    [Theory]
    [InlineData("Z-01", "2013-08-02T06:00:00Z", "Pacific/Samoa", "2013-08-01")]
    [InlineData("Z-03 before", "2023-02-28T18:00:00Z", "Asia/Kolkata", "2023-02-28")]
    [InlineData("Z-03 due", "2023-02-28T19:00:00Z", "Asia/Kolkata", "2023-03-01")]
    [InlineData("Z-03 not again", "2023-03-01T18:00:00Z", "Asia/Kolkata", "2023-03-01")]
    [InlineData("Z-05", "2017-03-02T07:30:00Z", "America/Los_Angeles", "2017-03-01")]
    public void The_date_of_a_moment_is_that_of_the_place(string id, string instant, string zone, string expected) =>
        BusinessTime.DateOf(At(instant), Zone(zone)).ShouldBe(Day(expected), id);

    [Fact]
    public void Z_01_a_trial_of_thirty_days_ends_on_a_date_of_the_place() =>
        BusinessTime.DateOf(At("2013-08-02T06:00:00Z"), Zone("Pacific/Samoa")).PlusDays(30).ShouldBe(Day("2013-08-31"));

    [Fact]
    public void Z_05_a_trial_across_the_change_of_clocks_is_billed_for_a_whole_month()
    {
        var signedUpOn = BusinessTime.DateOf(At("2017-03-02T07:30:00Z"), Zone("America/Los_Angeles"));
        var trialEndsOn = signedUpOn.PlusDays(30);
        var first = BillingCalendar.PeriodAt(trialEndsOn, Frequency.Monthly, 0);
        trialEndsOn.Day.ShouldBe(31);
        first.ShouldBe(BillingPeriod.Create(Day("2017-03-31"), Day("2017-04-30")));
        var full = BillingCalendar.FullPeriodAt(trialEndsOn, Frequency.Monthly, 0);
        Usd(29.95m).Prorate(first, full).ShouldBe(Usd(29.95m));
    }

    [Fact]
    public void Z_07_a_start_that_the_clocks_skip_is_billed_like_any_other()
    {
        var zone = Zone("America/Los_Angeles");
        var start = BusinessTime.InstantOf(Day("2015-03-08"), new LocalTime(2, 0), zone);
        start.ShouldBe(At("2015-03-08T10:00:00Z"));
        Enumerable.Range(0, 3)
            .Select(index => BillingCalendar.PeriodAt(BusinessTime.DateOf(start, zone), Frequency.Monthly, index).Until)
            .ShouldBe([Day("2015-04-08"), Day("2015-05-08"), Day("2015-06-08")]);
    }

    [Fact]
    public void Z_09_a_use_counts_in_the_month_of_its_place()
    {
        var zone = Zone("America/New_York");
        LocalDateTime[] uses =
        [
            new(2023, 3, 1, 4, 0), new(2023, 3, 15, 0, 0), new(2023, 3, 31, 23, 59), new(2023, 4, 1, 0, 0),
            new(2023, 4, 1, 0, 1), new(2023, 4, 15, 0, 0), new(2023, 4, 30, 23, 59), new(2023, 5, 1, 0, 0),
            new(2023, 5, 1, 0, 1),
        ];
        uses.Select(use => BusinessTime.InstantOf(use.Date, use.TimeOfDay, zone))
            .CountBy(instant => BillingCalendar.IndexOf(
                Day("2023-03-01"), Frequency.Monthly, BusinessTime.DateOf(instant, zone)))
            .Select(month => month.Value).ShouldBe([3, 4, 2]);
    }

    [Theory]
    [InlineData("F-12", "2024-03-09T05:00:00Z", "2024-03-11T04:00:00Z", "America/New_York", 2)]
    [InlineData("F-12", "2024-11-02T04:00:00Z", "2024-11-04T05:00:00Z", "America/New_York", 2)]
    [InlineData("F-12", "2024-04-05T13:00:00Z", "2024-04-07T14:00:00Z", "Australia/Sydney", 2)]
    [InlineData("F-13", "2024-05-01T06:00:00Z", "2024-05-01T15:00:00Z", "Europe/Berlin", 0)]
    public void A_day_is_a_day_however_many_hours_it_has(
        string id, string from, string until, string zone, int expected) =>
        Period.DaysBetween(BusinessTime.DateOf(At(from), Zone(zone)), BusinessTime.DateOf(At(until), Zone(zone)))
            .ShouldBe(expected, id);

    [Theory]
    [InlineData("skipped", "Europe/Copenhagen", "2024-03-31", "02:30", "2024-03-31T01:00:00Z")]
    [InlineData("twice", "Europe/Copenhagen", "2024-10-27", "02:30", "2024-10-27T00:30:00Z")]
    [InlineData("plain", "Europe/Copenhagen", "2024-10-28", "06:00", "2024-10-28T05:00:00Z")]
    [InlineData("no midnight", "America/Havana", "2024-03-10", "00:00", "2024-03-10T05:00:00Z")]
    [InlineData("no such day", "Pacific/Apia", "2011-12-30", "06:00", "2011-12-30T10:00:00Z")]
    public void Every_time_of_every_date_is_some_moment(
        string id, string zone, string date, string time, string expected)
    {
        var timeOfDay = LocalTime.FromMinutesSinceMidnight((60 * (int)Number(time[..2])) + (int)Number(time[3..]));
        BusinessTime.InstantOf(Day(date), timeOfDay, Zone(zone)).ShouldBe(At(expected), id);
    }

    [Fact]
    public void What_runs_daily_runs_once_every_day_and_in_order() =>
        Prop.ForAll(
            Gen.Elements(Zones).ToArbitrary(), AnyDate.ToArbitrary(), Gen.Choose(0, 1439).ToArbitrary(),
            (id, date, minute) =>
            {
                var (zone, time) = (Zone(id), LocalTime.FromMinutesSinceMidnight(minute));
                var instant = BusinessTime.InstantOf(date, time, zone);
                var skipped = zone.Id == "Pacific/Apia" && date == new LocalDate(2011, 12, 30);
                return (BusinessTime.DateOf(instant, zone) == date || skipped)
                    && BusinessTime.InstantOf(date.PlusDays(1), time, zone) >= instant
                    && BusinessTime.StartOf(date, zone) <= instant;
            }).QuickCheckThrowOnFailure();
}

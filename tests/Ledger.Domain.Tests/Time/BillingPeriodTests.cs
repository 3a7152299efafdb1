using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Ledger.Decisions.Json;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Time;

public class BillingPeriodTests
{
    [Fact]
    public void It_contains_its_first_day_and_not_its_end()
    {
        var period = BillingPeriod.Create(Day("2026-01-31"), Day("2026-02-28"));
        period.Contains(Day("2026-01-30")).ShouldBeFalse();
        period.Contains(Day("2026-01-31")).ShouldBeTrue();
        period.Contains(Day("2026-02-27")).ShouldBeTrue();
        period.Contains(Day("2026-02-28")).ShouldBeFalse();
        period.Days.ShouldBe(28);
        period.ToString().ShouldBe("2026-01-31/2026-02-28");
    }

    [Theory]
    [InlineData("2026-02-28", "2026-02-28")]
    [InlineData("2026-02-28", "2026-02-27")]
    public void An_empty_or_reversed_one_is_refused(string from, string until) =>
        Should.Throw<ArgumentException>(() => BillingPeriod.Create(Day(from), Day(until)));

    [Fact]
    public void Its_JSON_is_its_two_dates_and_needs_both()
    {
        const string Json = """{"from":"2026-01-31","until":"2026-02-28"}""";
        var period = BillingPeriod.Create(Day("2026-01-31"), Day("2026-02-28"));
        JsonSerializer.Serialize(period, LedgerJson.Options).ShouldBe(Json);
        JsonSerializer.Deserialize<BillingPeriod>(Json, LedgerJson.Strict).ShouldBe(period);
        Should.Throw<JsonException>(
            () => JsonSerializer.Deserialize<BillingPeriod>("""{"from":"2026-01-31"}""", LedgerJson.Options));
    }

    [Fact]
    public void An_anchor_without_a_day_of_its_own_says_only_its_start()
    {
        const string Json = """{"start":"2026-01-31"}""";
        var anchor = new BillingAnchor(Day("2026-01-31"));
        JsonSerializer.Serialize(anchor, LedgerJson.Options).ShouldBe(Json);
        JsonSerializer.Deserialize<BillingAnchor>(Json, LedgerJson.Strict).ShouldBe(anchor);
    }

    [Fact]
    public void What_is_written_is_read_back() =>
        Prop.ForAll(AnyAnchor.ToArbitrary(), AnyFrequency.ToArbitrary(), (anchor, frequency) =>
        {
            var period = BillingCalendar.PeriodAt(anchor, frequency, 0);
            return Again(period) == period && Again(anchor) == anchor && Again(frequency) == frequency;
        }).QuickCheckThrowOnFailure();

    private static T? Again<T>(T value) =>
        JsonSerializer.Deserialize<T>(JsonSerializer.Serialize(value, LedgerJson.Options), LedgerJson.Strict);
}

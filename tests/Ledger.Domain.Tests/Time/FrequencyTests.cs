using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Time;

public class FrequencyTests
{
    [Theory]
    [InlineData("daily", 1, FrequencyUnit.Day)]
    [InlineData("weekly", 1, FrequencyUnit.Week)]
    [InlineData("monthly", 1, FrequencyUnit.Month)]
    [InlineData("quarterly", 3, FrequencyUnit.Month)]
    [InlineData("yearly", 1, FrequencyUnit.Year)]
    [InlineData("every_2_weeks", 2, FrequencyUnit.Week)]
    [InlineData("every_6_months", 6, FrequencyUnit.Month)]
    [InlineData("every_10_days", 10, FrequencyUnit.Day)]
    [InlineData("every_999_years", 999, FrequencyUnit.Year)]
    public void It_is_a_word_on_the_wire(string text, int count, FrequencyUnit unit)
    {
        var frequency = new Frequency(count, unit);
        frequency.ToString().ShouldBe(text);
        Frequency.Parse(text).ShouldBe(frequency);
        JsonSerializer.Serialize(frequency).ShouldBe($"\"{text}\"");
        JsonSerializer.Deserialize<Frequency>($"\"{text}\"").ShouldBe(frequency);
    }

    [Fact]
    public void What_has_a_name_of_its_own_is_written_by_it()
    {
        Frequency.Parse("every_3_months").ToString().ShouldBe("quarterly");
        Frequency.Parse("every_1_years").ShouldBe(Frequency.Yearly);
    }

    [Theory]
    [InlineData("Monthly")]
    [InlineData("fortnightly")]
    [InlineData("every_0_days")]
    [InlineData("every_02_weeks")]
    [InlineData("every_-2_weeks")]
    [InlineData("every_2_week")]
    [InlineData("every_1000_days")]
    [InlineData("every_99999999999_days")]
    [InlineData("every_2_weeks_")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_else_is_refused(string? text)
    {
        Frequency.TryParse(text, out _).ShouldBeFalse();
        if (text is not null) Should.Throw<FormatException>(() => Frequency.Parse(text));
    }

    [Fact]
    public void One_that_never_comes_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new Frequency(0, FrequencyUnit.Month));
        Should.Throw<ArgumentOutOfRangeException>(() => new Frequency(1000, FrequencyUnit.Month));
        Should.Throw<ArgumentOutOfRangeException>(() => new Frequency(1, (FrequencyUnit)4));
    }

    [Theory]
    [InlineData("monthly", 12000, 12000)]
    [InlineData("quarterly", 10000, 3333)]
    [InlineData("yearly", 10000, 833)]
    [InlineData("every_2_years", 12, 1)]        // Half a unit, away from zero.
    [InlineData("every_2_years", -12, -1)]
    [InlineData("weekly", 1200, 5200)]
    [InlineData("every_2_weeks", 1200, 2600)]
    [InlineData("daily", 120, 3650)]
    [InlineData("every_10_days", 120, 365)]
    public void What_a_price_is_worth_a_month(string frequency, long price, long expected) =>
        Frequency.Parse(frequency).MonthlyValue(Isk(price)).ShouldBe(Isk(expected));

    [Fact]
    public void Twelve_months_of_it_are_what_a_year_costs_but_for_rounding() =>
        Prop.ForAll(AnyFrequency.ToArbitrary(), Gen.Choose(-1_000_000, 1_000_000).ToArbitrary(), (frequency, price) =>
        {
            var perYear = frequency.Unit switch
            {
                FrequencyUnit.Day => 365m,
                FrequencyUnit.Week => 52m,
                FrequencyUnit.Month => 12m,
                _ => 1m,
            } * price / frequency.Count;
            return Math.Abs((12 * frequency.MonthlyValue(Isk(price)).Amount) - perYear) <= 6;
        }).QuickCheckThrowOnFailure();
}

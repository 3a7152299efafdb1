using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Ledger.Domain.Tests.Amounts;

public class TaxRateTests
{
    [Theory]
    [InlineData("0.24", "0.24")]
    [InlineData("0.240", "0.24")]
    [InlineData("0.123456", "0.123456")]
    [InlineData("0", "0")]
    [InlineData("0.00", "0")]
    [InlineData("1", "1")]
    [InlineData("1.000000", "1")]
    public void A_rate_is_written_without_zeros_at_the_end(string text, string expected)
    {
        TaxRate.Parse(text).ToString().ShouldBe(expected);
        JsonSerializer.Serialize(TaxRate.Parse(text)).ShouldBe($"\"{expected}\"");
        JsonSerializer.Deserialize<TaxRate>($"\"{text}\"").ShouldBe(TaxRate.Parse(expected));
    }

    [Theory]
    [InlineData("1.01")]
    [InlineData("-0.24")]
    [InlineData("+0.24")]
    [InlineData("0,24")]
    [InlineData("24%")]
    [InlineData("2e-1")]
    [InlineData("0.1234567")]
    [InlineData("0.2400000000000000000000000000000001")]
    [InlineData(".24")]
    [InlineData("1.")]
    [InlineData(" 0.24")]
    [InlineData("")]
    [InlineData(null)]
    public void Anything_but_a_plain_share_of_one_is_refused(string? text)
    {
        TaxRate.TryParse(text, out _).ShouldBeFalse();
        if (text is not null) Should.Throw<JsonException>(() => JsonSerializer.Deserialize<TaxRate>($"\"{text}\""));
    }

    [Fact]
    public void A_number_in_JSON_is_refused() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<TaxRate>("0.24"));

    [Fact]
    public void A_decimal_out_of_range_or_too_fine_is_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => TaxRate.Of(1.000001m));
        Should.Throw<ArgumentOutOfRangeException>(() => TaxRate.Of(-0.000001m));
        Should.Throw<ArgumentOutOfRangeException>(() => TaxRate.Of(0.1234567m));
        TaxRate.Of(0.2400000000m).ToString().ShouldBe("0.24");
    }

    [Fact]
    public void Every_rate_is_read_back_as_it_was_written() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), millionths =>
        {
            var rate = TaxRate.Of(millionths / 1_000_000m);
            return TaxRate.Parse(rate.ToString()) == rate && !rate.ToString().EndsWith(".0", StringComparison.Ordinal)
                && JsonSerializer.Deserialize<TaxRate>(JsonSerializer.Serialize(rate)) == rate;
        }).QuickCheckThrowOnFailure();
}

using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;

namespace Ledger.Domain.Tests.Amounts;

public class MoneyTests
{
    [Fact]
    public void Amounts_of_one_currency_add_subtract_and_compare()
    {
        (Isk(1290) + Isk(10)).ShouldBe(Isk(1300));
        (Isk(1290) - Isk(1300)).ShouldBe(Isk(-10));
        (-Isk(5)).ShouldBe(Isk(-5));
        Isk(7500).Times(2).ShouldBe(Isk(15000));
        (Isk(1) < Isk(2)).ShouldBeTrue();
        (Isk(2) <= Isk(2)).ShouldBeTrue();
        (Isk(2) > Isk(2)).ShouldBeFalse();
        (Isk(2) >= Isk(2)).ShouldBeTrue();
        Money.Sum(Currency.Parse("ISK"), Isk(1), Isk(2), Isk(3)).ShouldBe(Isk(6));
        Money.Sum(Currency.Parse("ISK")).ShouldBe(Money.Zero(Currency.Parse("ISK")));
    }

    [Fact]
    public void Amounts_of_two_currencies_never_meet()
    {
        Should.Throw<InvalidOperationException>(() => Isk(1) + Eur(1));
        Should.Throw<InvalidOperationException>(() => Isk(1) - Eur(1));
        Should.Throw<InvalidOperationException>(() => Isk(1) < Eur(1));
        (Isk(1) == Eur(1)).ShouldBeFalse();
    }

    [Fact]
    public void What_does_not_fit_is_an_error_and_never_wraps()
    {
        Should.Throw<OverflowException>(() => Isk(long.MaxValue) + Isk(1));
        Should.Throw<OverflowException>(() => Isk(long.MinValue) - Isk(1));
        Should.Throw<OverflowException>(() => -Isk(long.MinValue));
        Should.Throw<OverflowException>(() => Isk(long.MaxValue).Times(2));
        Should.Throw<OverflowException>(() => Usd(decimal.MaxValue / 1000));
    }

    [Theory]
    [InlineData("C-01", "JPY", "500", 500, "500")]
    [InlineData("C-07", "KWD", "0.001", 1, "0.001")]
    [InlineData("C-09", "EUR", "17.9699999999999988631316", 1797, "17.97")]
    [InlineData("half up", "EUR", "0.005", 1, "0.01")]
    [InlineData("half down", "EUR", "-0.005", -1, "-0.01")]
    [InlineData("ISK", "ISK", "1290", 1290, "1290")]
    [InlineData("DKK", "DKK", "12.9", 1290, "12.90")]
    [InlineData("CLF", "CLF", "-1.2", -12000, "-1.2000")]
    public void Major_units_become_minor_units_and_back(
        string id, string currency, string major, long minor, string text)
    {
        var money = Money.FromDecimal(decimal.Parse(major, CultureInfo.InvariantCulture), Currency.Parse(currency));
        money.Amount.ShouldBe(minor, id);
        money.ToDecimalString().ShouldBe(text, id);
        money.ToString().ShouldBe($"{text} {currency}", id);
    }

    [Theory]
    [InlineData(7, 2, 4)]
    [InlineData(-7, 2, -4)]
    [InlineData(7, -2, -4)]
    [InlineData(-7, -2, 4)]
    [InlineData(1, 3, 0)]
    [InlineData(-2, 3, -1)]
    [InlineData(1, 2, 1)]
    [InlineData(-1, 2, -1)]
    [InlineData(0, 5, 0)]
    public void A_half_is_rounded_away_from_zero(long numerator, long denominator, long expected) =>
        Money.RoundHalfAway(numerator, denominator).ShouldBe(expected);

    [Fact]
    public void A_decimal_string_says_exactly_what_the_amount_is() =>
        Prop.ForAll(AnyMoney.ToArbitrary(), money => Money.FromDecimal(
            decimal.Parse(money.ToDecimalString(), CultureInfo.InvariantCulture), money.Currency) == money)
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Rounding_is_never_more_than_half_a_unit_off() =>
        Prop.ForAll(AnyUnits.ToArbitrary(), Gen.Choose(1, 1_000_000).ToArbitrary(), (numerator, denominator) =>
        {
            var error = Int128.Abs(((Int128)Money.RoundHalfAway(numerator, denominator) * denominator) - numerator);
            return 2 * error <= denominator && Money.RoundHalfAway(-(Int128)numerator, denominator)
                == -Money.RoundHalfAway(numerator, denominator);
        }).QuickCheckThrowOnFailure();
}

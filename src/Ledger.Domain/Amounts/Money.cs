using System.Globalization;
using System.Text.Json.Serialization;

namespace Ledger.Domain.Amounts;

/// <summary>An exact amount in the minor unit of its currency: 1290 is 12.90 in DKK, but 1290 in ISK.</summary>
/// <remarks>
/// Amounts of two currencies never meet: adding or comparing them is an <see cref="InvalidOperationException"/>.
/// What does not fit is an <see cref="OverflowException"/>. JSON: <c>{"amount":1290,"currency":"DKK"}</c>.
/// </remarks>
[JsonConverter(typeof(MoneyJson))]
public readonly record struct Money(long Amount, Currency Currency) : IComparable<Money>
{
    public static Money Zero(Currency currency) => new(0, currency);

    /// <summary>Takes major units, half away from zero at the minor unit: 17.965 EUR is 1797.</summary>
    public static Money FromDecimal(decimal major, Currency currency) =>
        new((long)decimal.Round(major * currency.MinorPerMajor, MidpointRounding.AwayFromZero), currency);

    /// <summary>The sum; nothing at all is zero in the currency named.</summary>
    public static Money Sum(Currency currency, params IEnumerable<Money> amounts) =>
        amounts.Aggregate(Zero(currency), (sum, amount) => sum + amount);

    public static Money operator +(Money a, Money b) => a with { Amount = a.Amount + b.AmountIn(a.Currency) };
    public static Money operator -(Money a, Money b) => a with { Amount = a.Amount - b.AmountIn(a.Currency) };
    public static Money operator -(Money a) => a with { Amount = -a.Amount };

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;
    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;
    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public int CompareTo(Money other) => Amount.CompareTo(other.AmountIn(Currency));

    public Money Times(long quantity) => this with { Amount = Amount * quantity };

    /// <summary>Splits by weight: largest remainder, ties to the earlier part. The parts add up exactly.</summary>
    /// <param name="weights">None below zero. A part without weight gets nothing.</param>
    /// <exception cref="ArgumentException">A weight is below zero, or there is an amount and nobody to have
    /// it.</exception>
    public Money[] Split(params ReadOnlySpan<long> weights)
    {
        var shares = new Int128[weights.Length];
        Int128 total = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weights[i], nameof(weights));
            shares[i] = (Int128)Amount * weights[i];
            total += weights[i];
        }

        if (total == 0 && Amount != 0) throw new ArgumentException("No part has any weight.", nameof(weights));

        var currency = Currency;
        var parts = LargestRemainder.Units(shares, Int128.Max(total, 1), Amount, mirrored: Amount < 0);
        return [.. parts.Select(part => new Money(part, currency))];
    }

    /// <summary>The part for some of the days: whole days, half away from zero, once.</summary>
    /// <param name="days">Above <paramref name="ofDays"/> it is the whole, and never more.</param>
    /// <param name="ofDays">The days of the full period; of a period without days every part is the whole.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number of days is below zero.</exception>
    public Money Prorate(int days, int ofDays)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(days);
        ArgumentOutOfRangeException.ThrowIfNegative(ofDays);
        return days >= ofDays ? this : this with { Amount = RoundHalfAway((Int128)Amount * days, ofDays) };
    }

    /// <summary>The part for a span of the full period that contains it.</summary>
    public Money Prorate(BillingPeriod span, BillingPeriod full) => Prorate(span.Days, full.Days);

    /// <summary>The one rounding of the ledger: to the nearest whole, a half away from zero.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is zero.</exception>
    public static long RoundHalfAway(Int128 numerator, Int128 denominator)
    {
        var (quotient, remainder) = Int128.DivRem(numerator, denominator);
        var (rest, size) = (Int128.Abs(remainder), Int128.Abs(denominator));
        if (rest < size - rest) return (long)quotient;

        return (long)(Int128.IsNegative(numerator) == Int128.IsNegative(denominator) ? quotient + 1 : quotient - 1);
    }

    /// <summary>
    /// In major units, with all the decimals of the currency and a point: <c>12.90</c>; <c>1290</c> in ISK.
    /// </summary>
    public string ToDecimalString() =>
        ((decimal)Amount / Currency.MinorPerMajor).ToString($"F{Currency.Exponent}", CultureInfo.InvariantCulture);

    public override string ToString() => $"{ToDecimalString()} {Currency}";

    private long AmountIn(Currency currency) =>
        Currency == currency
            ? Amount
            : throw new InvalidOperationException($"An amount in {Currency} is not an amount in {currency}.");
}

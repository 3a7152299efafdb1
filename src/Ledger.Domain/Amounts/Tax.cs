namespace Ledger.Domain.Amounts;

/// <summary>
/// Works out tax per rate on the sum of the lines that have it, half away from zero, once; then gives each line its
/// part of that by largest remainder. So the lines add up to the invoice, and splitting a line in two changes no
/// total.
/// </summary>
public static class Tax
{
    /// <param name="currency">Of every line; and of the zeros when there is none.</param>
    /// <param name="inclusive">The amounts contain the tax: it is <c>amount·r/(1+r)</c>, not <c>amount·r</c>.</param>
    /// <exception cref="InvalidOperationException">A line is in another currency.</exception>
    public static TaxedLines Of(Currency currency, IReadOnlyList<TaxableLine> lines, bool inclusive)
    {
        var taxed = new TaxedAmount[lines.Count];
        var rates = new List<RateTotal>();
        var byRate = Enumerable.Range(0, lines.Count).GroupBy(i => lines[i].Rate).OrderBy(places => places.Key);
        foreach (var places in byRate)
        {
            var amounts = places.Select(i => lines[i].Amount).ToArray();
            var parts = TaxOf(currency, amounts, places.Key, inclusive);
            foreach (var (place, amount, tax) in places.Zip(amounts, parts))
                taxed[place] = new TaxedAmount(inclusive ? amount - tax : amount, tax);

            rates.Add(new RateTotal(places.Key, Total(currency, places.Select(i => taxed[i]))));
        }

        return new TaxedLines(taxed, rates, Total(currency, rates.Select(rate => rate.Total)));
    }

    private static IEnumerable<Money> TaxOf(Currency currency, Money[] amounts, TaxRate rate, bool inclusive)
    {
        var sum = Money.Sum(currency, amounts);
        var denominator = inclusive ? TaxRate.MillionthsOfWhole + rate.Millionths : TaxRate.MillionthsOfWhole;
        var shares = Array.ConvertAll(amounts, amount => (Int128)amount.Amount * rate.Millionths);
        var tax = Money.RoundHalfAway((Int128)sum.Amount * rate.Millionths, denominator);
        return LargestRemainder.Units(shares, denominator, tax, mirrored: sum.Amount < 0)
            .Select(part => new Money(part, currency));
    }

    private static TaxedAmount Total(Currency currency, IEnumerable<TaxedAmount> amounts)
    {
        var list = amounts.ToArray();
        return new(Money.Sum(currency, list.Select(one => one.Net)), Money.Sum(currency, list.Select(one => one.Tax)));
    }
}

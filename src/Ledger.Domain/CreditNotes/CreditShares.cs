using Ledger.Domain.Invoices;

namespace Ledger.Domain.CreditNotes;

/// <summary>Says what an amount taken back takes of each line of its invoice.</summary>
/// <remarks>
/// Largest remainder, by what is left of the lines; of an invoice that also gave something back, by rates first, and lines below zero
/// go along. Tax follows from what was invoiced, so that once all of a line is taken back exactly its tax is: credits in any
/// parts add up to the invoice in every figure, each line's and each rate's.
/// </remarks>
internal static class CreditShares
{
    /// <param name="amount">With tax; above zero and not above what is left.</param>
    /// <param name="wanted">What to take of each line, as far as it is left; null where that follows from the amount.</param>
    public static IReadOnlyList<TaxedAmount> Of(Invoice.Known invoice, Money amount, IReadOnlyList<TaxedAmount>? wanted = null) =>
        wanted is null ? Of(invoice.CreditableLines, amount) : Wanted(invoice.CreditableLines, amount, wanted);

    /// <summary>An amount, of whatever is left.</summary>
    public static IReadOnlyList<TaxedAmount> Of(IReadOnlyList<CreditableLine> lines, Money amount)
    {
        if (amount == Money.Sum(amount.Currency, lines.Select(line => line.Left.Gross))) return [.. lines.Select(line => line.Left)];
        var parts = Parts(lines, amount);
        return [.. lines.Select((line, i) => ByGross(line, new(parts[i], amount.Currency)))];
    }

    /// <summary>The part of a line that this much with tax is: its tax is what it was on the invoice.</summary>
    public static TaxedAmount ByGross(CreditableLine line, Money gross)
    {
        var before = line.Charged.Gross - line.Left.Gross;
        var tax = TaxUpTo(line, line.Charged.Gross, before + gross) - (line.Charged.Tax - line.Left.Tax);
        return Within(line.Left, gross, tax);
    }

    /// <summary>The part of a line that this much without tax is.</summary>
    public static TaxedAmount ByNet(CreditableLine line, Money net)
    {
        if (net == line.Left.Net) return line.Left;
        var before = line.Charged.Net - line.Left.Net;
        var tax = TaxUpTo(line, line.Charged.Net, before + net) - (line.Charged.Tax - line.Left.Tax);
        return new(net, Clamp(tax, line.Left.Tax));
    }

    /// <summary>As much of what was wanted as is left of a line.</summary>
    public static TaxedAmount Limited(TaxedAmount wanted, TaxedAmount left) => new(Clamp(wanted.Net, left.Net), Clamp(wanted.Tax, left.Tax));

    /// <summary>The part of what is taken of lines that comes to this amount.</summary>
    public static IReadOnlyList<TaxedAmount> PartOf(IReadOnlyList<TaxedAmount> taken, Money amount) =>
        Of([.. taken.Select(one => new CreditableLine("", default, one, one))], amount);

    public static Money GrossOf(Currency currency, IEnumerable<TaxedAmount> amounts) => Money.Sum(currency, amounts.Select(one => one.Gross));

    /// <summary>What was wanted, less where less is left; what is missing comes from all that is left.</summary>
    private static IReadOnlyList<TaxedAmount> Wanted(IReadOnlyList<CreditableLine> lines, Money amount, IReadOnlyList<TaxedAmount> wanted)
    {
        TaxedAmount[] taken = [.. lines.Select((line, i) => i < wanted.Count ? Limited(wanted[i], line.Left) : TaxedAmount.Zero(amount.Currency))];
        var missing = amount - GrossOf(amount.Currency, taken);
        if (missing.Amount == 0) return taken;
        if (missing.Amount < 0) return PartOf(taken, amount);
        var rest = Of([.. lines.Zip(taken, (line, part) => line with { Left = line.Left - part })], missing);
        return [.. taken.Zip(rest, (part, more) => part + more)];
    }

    private static long[] Parts(IReadOnlyList<CreditableLine> lines, Money amount)
    {
        var left = lines.Select(line => line.Left.Gross.Amount).ToArray();
        if (Array.TrueForAll(left, one => one >= 0)) return Split(amount.Amount, left);

        // By rates first, so that no rate is given back more of than was invoiced by it.
        var parts = new long[left.Length];
        var rates = Enumerable.Range(0, left.Length).GroupBy(i => lines[i].TaxRate).ToList();
        var perRate = Split(amount.Amount, [.. rates.Select(rate => rate.Sum(i => left[i]))]);
        foreach (var (rate, part) in rates.Zip(perRate))
        {
            int[] places = [.. rate];
            foreach (var (i, one) in places.Zip(Split(part, [.. places.Select(place => left[place])]))) parts[i] = one;
        }

        return parts;
    }

    /// <summary>By weights of either sign; where they come to nothing, nothing.</summary>
    private static long[] Split(long amount, long[] weights)
    {
        Int128 total = weights.Sum();
        if (total == 0) return new long[weights.Length];
        var sign = total < 0 ? -1 : 1;
        return LargestRemainder.Units(Array.ConvertAll(weights, one => sign * (Int128)amount * one), sign * total, amount, mirrored: amount < 0);
    }

    private static Money TaxUpTo(CreditableLine line, Money charged, Money taken) => charged.Amount == 0 ? Money.Zero(charged.Currency)
        : line.Charged.Tax with { Amount = Money.RoundHalfAway((Int128)line.Charged.Tax.Amount * taken.Amount, charged.Amount) };

    /// <summary>Net and tax of an amount, neither more than is left.</summary>
    private static TaxedAmount Within(TaxedAmount left, Money gross, Money tax)
    {
        var net = Clamp(gross - Clamp(tax, left.Tax), left.Net);
        return new(net, gross - net);
    }

    /// <summary>From nothing to what is left, which may be below zero.</summary>
    private static Money Clamp(Money amount, Money left) => amount with
    {
        Amount = left.Amount >= 0 ? Math.Clamp(amount.Amount, 0, left.Amount) : Math.Clamp(amount.Amount, left.Amount, 0),
    };
}

using Ledger.Domain.Coupons;
using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Billing;

/// <summary>The document of a change within a period: what is given back, below zero, and what is charged instead.</summary>
/// <param name="GivenBack">What each line before it gives back.</param>
/// <param name="Credits">The same as lines, below zero.</param>
/// <param name="Charges">What is charged instead.</param>
internal sealed record AdjustmentDraft(
    Currency Currency, IReadOnlyList<GivenBack> GivenBack, IReadOnlyList<InvoiceLine> Credits, IReadOnlyList<InvoiceLine> Charges, bool PricesIncludeTax)
{
    public IReadOnlyList<InvoiceLine> Lines => [.. Credits, .. Charges];

    public Money Total => Money.Sum(Currency, Lines.Select(line => line.Gross));

    /// <summary>Whether, rate by rate, as much is given back as is charged.</summary>
    public bool ChangesNothing => Lines.GroupBy(line => line.TaxRate)
        .All(rate => rate.Sum(line => line.Net.Amount) == 0 && rate.Sum(line => line.Tax.Amount) == 0);

    /// <summary>Which line before each charge takes the place of, where nothing but names differ; null where one has none.</summary>
    public IReadOnlyList<int>? Places()
    {
        var free = GivenBack.ToList();
        var places = new List<int>();
        foreach (var charge in Charges)
        {
            var same = free.FindIndex(one => one.Taken == new TaxedAmount(charge.Net, charge.Tax) && one.Of.TaxRate == charge.TaxRate);
            if (same < 0) return null;
            places.Add(free[same].Of.Line!.Value);
            free.RemoveAt(same);
        }

        return places;
    }

    /// <summary>As an invoice says it.</summary>
    public InvoiceDraft Invoice => new(
        Lines, PricesIncludeTax, Money.Sum(Currency, Lines.Select(line => line.Net)), Money.Sum(Currency, Lines.Select(line => line.Tax)), Total);

    /// <param name="before">What is charged for the days that are left; it has its own flag of prices with tax.</param>
    /// <param name="lines">What is charged instead.</param>
    /// <param name="days">For which days.</param>
    /// <param name="coupons">What reduces it.</param>
    /// <param name="keepsSame">Whether what stays the same is charged as it is given back, to the cent.</param>
    public static AdjustmentDraft Of(
        Currency currency, ChargedDays before, IReadOnlyList<ChargedLine> lines, DaysToBill days, IReadOnlyList<CouponTerms> coupons,
        bool pricesIncludeTax, bool keepsSame)
    {
        var givenBack = before.Credits;
        var free = givenBack.ToList();
        var charges = new InvoiceLine?[lines.Count];
        foreach (var (place, line) in lines.Index())
        {
            if (!keepsSame || free.Find(one => one.Of.IsSame(line)) is not { } same) continue;
            _ = free.Remove(same);
            charges[place] = same.Line(pricesIncludeTax, isCharge: true);
        }

        int[] places = [.. Enumerable.Range(0, lines.Count).Where(place => charges[place] is null)];
        var priced = Discounts.On([.. places.Select(place => lines[place].Charge(days))], coupons);
        IReadOnlyList<InvoiceLine> credits = [.. givenBack.Select(one => one.Line(pricesIncludeTax))];
        var others = credits.Concat(charges.OfType<InvoiceLine>()).ToList();
        foreach (var (place, line) in places.Zip(Taxed(InvoiceDraft.Of(currency, priced, pricesIncludeTax).Lines, others, pricesIncludeTax))) charges[place] = line;
        return new(currency, givenBack, credits, charges!, pricesIncludeTax);
    }

    /// <summary>Gives new lines such tax that with all others of their rate it is the tax of the sum, as of any document.</summary>
    private static InvoiceLine[] Taxed(IReadOnlyList<InvoiceLine> charges, IReadOnlyList<InvoiceLine> others, bool pricesIncludeTax)
    {
        var lines = charges.ToArray();
        foreach (var rate in lines.Select(line => line.TaxRate).Distinct().ToList())
        {
            Money Left(InvoiceLine line) => pricesIncludeTax ? line.Gross : line.Net;
            var all = lines.Concat(others).Where(line => line.TaxRate == rate).ToList();
            var sum = Money.Sum(all[0].Tax.Currency, all.Select(Left));
            var off = Tax.Of(sum.Currency, [new(sum, rate)], pricesIncludeTax).Total.Tax - Money.Sum(sum.Currency, all.Select(line => line.Tax));
            var largest = Enumerable.Range(0, lines.Length).Where(i => lines[i].TaxRate == rate).MaxBy(i => lines[i].Tax.Amount);
            var line = lines[largest];
            if (off.Amount == 0 || line.Tax.Amount <= 10 * Math.Abs(off.Amount)) continue;
            lines[largest] = line with { Tax = line.Tax + off, Net = pricesIncludeTax ? line.Net - off : line.Net };
        }

        return lines;
    }
}

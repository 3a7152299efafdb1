using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;

namespace Ledger.Domain.Subscriptions;

/// <summary>What is charged for today and the days after it, up to the end of what is invoiced.</summary>
/// <param name="Rest">The days that are left, today included.</param>
/// <param name="Lines">What is charged for them, at the price of the full period.</param>
/// <param name="Charged">All days that the lines are charged for.</param>
/// <param name="Left">What is left of all lines of the invoice that charges them; empty where nothing can be taken back.</param>
public sealed record ChargedDays(
    DaysToBill Rest, IReadOnlyList<ChargedLine> Lines, BillingPeriod Charged, IReadOnlyList<CreditableLine> Left)
{
    /// <summary>Null when nothing is charged for today: before the first invoice, after the last, or when it was taken back.</summary>
    public static async ValueTask<ChargedDays?> From(IStates states, Subscription.Known subscription, LocalDate today)
    {
        if (subscription.Billed is not { } billed) return null;
        var from = LocalDate.Max(today, billed.Period.From);
        if (from >= billed.ChargedUntil) return null;
        var rest = new DaysToBill(new(from, billed.ChargedUntil), billed.FullPeriod);
        if (await states.Of<Invoice, InvoiceEvent>(billed.Invoices[^1].Stream) is not Invoice.Known invoice)
            return billed.Charged is { } unknown ? new(rest, unknown, billed.Period, []) : null;

        var lines = billed.Charged ?? [.. invoice.Lines.Select((line, i) => ChargedLine.Of(line) with { Line = i })];
        return new(
            rest, [.. lines.Select((line, i) => line with
            {
                Line = line.Line ?? Math.Max(0, invoice.Lines.Count - lines.Count + i),
                PricesIncludeTax = line.PricesIncludeTax ?? invoice.PricesIncludeTax,
            })],
            billed.Period, await InvoiceRest.Of(states, invoice));
    }

    /// <summary>What the days that are left give back, line by line: each of what is left of it, as it was invoiced.</summary>
    public IReadOnlyList<GivenBack> Credits => [.. Lines.Select(Credit)];

    private GivenBack Credit(ChargedLine line)
    {
        var zero = TaxedAmount.Zero(line.UnitPrice.Currency);
        if (Left.ElementAtOrDefault(line.Line!.Value) is not { } of) return new(line, zero, Rest.Days);
        var charged = line.PricesIncludeTax!.Value ? of.Charged.Gross : of.Charged.Net;
        var left = line.PricesIncludeTax.Value ? of.Left.Gross : of.Left.Net;
        var price = line.UnitPrice.Times(line.Quantity);
        var isWhole = charged == price.Prorate(Charged, Rest.Full);
        var part = isWhole ? Rest.PartOf(price) : charged.Prorate(Rest.Days, Charged);
        part = part < left ? part : left;
        if (part.Amount <= 0) return new(line, zero, Rest.Days);
        var taken = line.PricesIncludeTax.Value ? CreditShares.ByGross(of, part) : CreditShares.ByNet(of, part);
        return new(line, taken, Rest.Days) { FullAmount = isWhole ? null : Rest.PartOf(price) };
    }
}

/// <summary>What a line gives back for the days that are left of it.</summary>
/// <param name="Taken">Without tax, and the tax: not below zero.</param>
public sealed record GivenBack(ChargedLine Of, TaxedAmount Taken, BillingPeriod Days)
{
    /// <summary>What these days cost without a discount, where there was one.</summary>
    public Money? FullAmount { get; init; }

    /// <summary>The line of a document that says so, below zero.</summary>
    /// <param name="isCharge">True for the line that charges the same again, above zero.</param>
    public InvoiceLine Line(bool pricesIncludeTax, bool isCharge = false)
    {
        var sign = isCharge ? 1 : -1;
        var left = pricesIncludeTax ? Taken.Gross : Taken.Net;
        var hasDiscount = Of.Discount is not null && FullAmount > left && pricesIncludeTax == Of.PricesIncludeTax;
        var amount = hasDiscount ? FullAmount!.Value : left;
        var off = hasDiscount ? amount - left : (Money?)null;
        return new(
            Of.Description, Of.Quantity, Of.UnitPrice, amount.Times(sign), Of.TaxRate, Taken.Net.Times(sign), Taken.Tax.Times(sign),
            Of.ProductVariationId, off?.Times(sign),
            off is { } some ? InvoiceDraft.WithoutTax(some, Of.TaxRate, pricesIncludeTax).Times(sign) : null, Days);
    }
}

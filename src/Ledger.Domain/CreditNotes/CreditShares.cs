using Ledger.Domain.Invoices;

namespace Ledger.Domain.CreditNotes;

/// <summary>Says what an amount taken back takes of each line of its invoice.</summary>
/// <remarks>
/// By weight of what is left of the lines, largest remainder. Tax goes along so that, once all of a line is taken back, exactly
/// its tax is: credits in any parts add up to the invoice in every figure.
/// </remarks>
internal static class CreditShares
{
    /// <param name="amount">With tax; above zero and not above what is left.</param>
    public static IReadOnlyList<TaxedAmount> Of(Invoice.Known invoice, Money amount)
    {
        var left = invoice.Lines.Select((line, i) => LeftOf(line, Before(invoice, i))).ToArray();

        // What is left of lines below zero was credited by the invoice itself: the others bear it.
        var weights = Array.ConvertAll(left, one => Math.Max(0, one.Gross.Amount));
        var parts = amount.Split(weights);
        return [.. parts.Select((part, i) => Share(invoice.Lines[i], Before(invoice, i), part))];
    }

    private static TaxedAmount Share(InvoiceLine line, TaxedAmount before, Money part)
    {
        var after = before.Gross + part;
        var taxAfter = line.Gross.Amount == 0 ? 0 : Money.RoundHalfAway((Int128)line.Tax.Amount * after.Amount, line.Gross.Amount);
        var tax = new Money(taxAfter, part.Currency) - before.Tax;
        return new(part - tax, tax);
    }

    private static TaxedAmount LeftOf(InvoiceLine line, TaxedAmount before) => new(line.Net - before.Net, line.Tax - before.Tax);

    private static TaxedAmount Before(Invoice.Known invoice, int line) => invoice.CreditedPerLine.Count > line
        ? invoice.CreditedPerLine[line]
        : new(Money.Zero(invoice.Total.Currency), Money.Zero(invoice.Total.Currency));
}

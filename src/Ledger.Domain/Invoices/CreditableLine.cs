namespace Ledger.Domain.Invoices;

/// <summary>A line that credit notes can take back from: one of an invoice, or one that a credit note charged on it.</summary>
/// <param name="Charged">What was charged by it.</param>
/// <param name="Left">What is left of that, after all credit notes.</param>
public sealed record CreditableLine(string Description, TaxRate TaxRate, TaxedAmount Charged, TaxedAmount Left)
{
    /// <summary>The lines of an invoice in their order, then those that were added, with what is left of each.</summary>
    internal static IReadOnlyList<CreditableLine> Of(Invoice.Known invoice)
    {
        var zero = Money.Zero(invoice.Total.Currency);
        var own = invoice.Lines.Select(line => (line.Description, line.TaxRate, Charged: new TaxedAmount(line.Net, line.Tax)));
        var added = invoice.Charges.Select(line => (line.Description, line.TaxRate, Charged: new TaxedAmount(line.Net, line.Tax)));
        return
        [
            .. own.Concat(added).Select((line, i) => new CreditableLine(
                line.Description, line.TaxRate, line.Charged, line.Charged - (invoice.CreditedPerLine.ElementAtOrDefault(i) is { Net.Currency: var known } taken
                    && known == zero.Currency ? taken : new(zero, zero)))),
        ];
    }
}

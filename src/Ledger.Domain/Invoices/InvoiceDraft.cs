using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Invoices;

/// <summary>What an invoice would say: lines with tax that add up to the total. A preview and the invoice are this same figure.</summary>
public sealed record InvoiceDraft(IReadOnlyList<InvoiceLine> Lines, bool PricesIncludeTax, Money Net, Money Tax, Money Total)
{
    /// <summary>For one whole period of these items.</summary>
    public static InvoiceDraft Of(Currency currency, IReadOnlyList<SubscriptionItem> items, bool pricesIncludeTax)
    {
        var taxed = Amounts.Tax.Of(currency, [.. items.Select(item => new TaxableLine(item.Total, item.TaxRate))], pricesIncludeTax);
        var lines = items.Zip(taxed.Lines, (item, amount) => new InvoiceLine(
            item.Description, item.Quantity, item.UnitPrice, item.Total, item.TaxRate, amount.Net, amount.Tax, item.ProductVariationId?.Value));
        return new([.. lines], pricesIncludeTax, taxed.Total.Net, taxed.Total.Tax, taxed.Total.Gross);
    }
}

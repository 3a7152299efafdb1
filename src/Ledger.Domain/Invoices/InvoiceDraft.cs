using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Invoices;

/// <summary>What an invoice would say: lines with tax that add up to the total. A preview and the invoice are this same figure.</summary>
public sealed record InvoiceDraft(IReadOnlyList<InvoiceLine> Lines, bool PricesIncludeTax, Money Net, Money Tax, Money Total)
{
    /// <summary>For one whole period of these items.</summary>
    public static InvoiceDraft Of(Currency currency, IReadOnlyList<SubscriptionItem> items, bool pricesIncludeTax) =>
        Of(currency, [.. items.Select(LineOf)], pricesIncludeTax);

    /// <summary>For some days: of a full period, or of part of one.</summary>
    public static InvoiceDraft Of(Currency currency, IReadOnlyList<SubscriptionItem> items, DaysToBill days, bool pricesIncludeTax) =>
        Of(currency, [.. items.Select(item => LineOf(item) with { Amount = days.PartOf(item.Total) })], pricesIncludeTax);

    /// <summary>Tax per rate on the sum of what is left after discounts, shared among the lines.</summary>
    public static InvoiceDraft Of(Currency currency, IReadOnlyList<PricedLine> lines, bool pricesIncludeTax)
    {
        var taxed = Amounts.Tax.Of(currency, [.. lines.Select(line => new TaxableLine(line.Left, line.TaxRate))], pricesIncludeTax);
        var drafted = lines.Zip(taxed.Lines, (line, amount) => new InvoiceLine(
            line.Description, line.Quantity, line.UnitPrice, line.Amount, line.TaxRate, amount.Net, amount.Tax, line.ProductVariationId,
            line.Discount, line.Discount is { } off ? WithoutTax(off, line.TaxRate, pricesIncludeTax) : null, line.Period));
        return new([.. drafted], pricesIncludeTax, taxed.Total.Net, taxed.Total.Tax, taxed.Total.Gross);
    }

    public static PricedLine LineOf(SubscriptionItem item) =>
        new(item.Description, item.Quantity, item.UnitPrice, item.Total, item.TaxRate, item.ProductVariationId?.Value);

    internal static Money WithoutTax(Money amount, TaxRate rate, bool inclusive) =>
        Amounts.Tax.Of(amount.Currency, [new(amount, rate)], inclusive).Total.Net;
}

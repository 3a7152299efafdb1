using Ledger.Domain.Invoices;

namespace Ledger.Domain.Subscriptions;

/// <summary>What is charged for days: the price is that of the full period.</summary>
/// <param name="Discount">What was taken off for all of the days that were charged; null for nothing.</param>
public sealed record ChargedLine(
    string Description, long Quantity, Money UnitPrice, TaxRate TaxRate, Guid? ProductVariationId = null, Money? Discount = null)
{
    public static ChargedLine Of(SubscriptionItem item) =>
        new(item.Description, item.Quantity, item.UnitPrice, item.TaxRate, item.ProductVariationId?.Value);

    public static ChargedLine Of(InvoiceLine line) =>
        new(line.Description, line.Quantity, line.UnitPrice, line.TaxRate, line.ProductVariationId, line.Discount);

    /// <summary>The line that charges for these days.</summary>
    public PricedLine Charge(DaysToBill days) => new(
        Description, Quantity, UnitPrice, days.PartOf(UnitPrice.Times(Quantity)), TaxRate, ProductVariationId, Period: days.Days);

    /// <summary>The line, below zero, that takes back what was charged for the last of these days.</summary>
    /// <param name="charged">All days that the discount was for.</param>
    public PricedLine Credit(DaysToBill days, BillingPeriod charged) => new(
        Description, Quantity, UnitPrice, -days.PartOf(UnitPrice.Times(Quantity)), TaxRate, ProductVariationId,
        Discount is { } off ? -off.Prorate(days.Days, charged) : null, days.Days);
}

using Ledger.Domain.Invoices;

namespace Ledger.Domain.Subscriptions;

/// <summary>What is charged for days: the price is that of the full period.</summary>
/// <param name="Discount">What was taken off for all of the days that were charged; null for nothing.</param>
/// <param name="Line">
/// Which line of its invoice charges it, those that credit notes added counted on; null in events of before this was written.
/// </param>
/// <param name="PricesIncludeTax">Whether the price is with tax; null: as its invoice says.</param>
public sealed record ChargedLine(
    string Description, long Quantity, Money UnitPrice, TaxRate TaxRate, Guid? ProductVariationId = null, Money? Discount = null,
    int? Line = null, bool? PricesIncludeTax = null)
{
    public static ChargedLine Of(SubscriptionItem item) =>
        new(item.Description, item.Quantity, item.UnitPrice, item.TaxRate, item.ProductVariationId?.Value);

    public static ChargedLine Of(InvoiceLine line) =>
        new(line.Description, line.Quantity, line.UnitPrice, line.TaxRate, line.ProductVariationId, line.Discount);

    /// <summary>Whether the same is charged, on whichever line and whatever is taken off.</summary>
    public bool IsSame(ChargedLine other) => this with { Discount = null, Line = null } == other with { Discount = null, Line = null };

    /// <summary>The line that charges for these days.</summary>
    public PricedLine Charge(DaysToBill days) => new(
        Description, Quantity, UnitPrice, days.PartOf(UnitPrice.Times(Quantity)), TaxRate, ProductVariationId, Period: days.Days);
}

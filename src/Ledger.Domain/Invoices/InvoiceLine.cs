using System.Text.Json.Serialization;

namespace Ledger.Domain.Invoices;

/// <summary>A line of an invoice, with its tax.</summary>
/// <param name="Amount">As priced, for all of the quantity and before any discount: with tax or without, as the invoice says. Below zero for a credit.</param>
/// <param name="Net">What is due without tax, after the discount.</param>
/// <param name="Discount">What is taken off the amount; null for nothing.</param>
/// <param name="NetDiscount">The same without tax.</param>
/// <param name="Period">The days it is for, where they are others than the invoice's.</param>
public sealed record InvoiceLine(
    string Description, long Quantity, Money UnitPrice, Money Amount, TaxRate TaxRate, Money Net, Money Tax, Guid? ProductVariationId = null,
    Money? Discount = null, Money? NetDiscount = null, BillingPeriod? Period = null)
{
    [JsonIgnore]
    public Money Gross => Net + Tax;
}

/// <summary>A line before tax is worked out.</summary>
/// <param name="Amount">For all of the quantity, prorated where it is, before the discount.</param>
/// <param name="Discount">What is taken off; null for nothing. Never more than the amount.</param>
public sealed record PricedLine(
    string Description, long Quantity, Money UnitPrice, Money Amount, TaxRate TaxRate, Guid? ProductVariationId = null,
    Money? Discount = null, BillingPeriod? Period = null)
{
    /// <summary>What is left to pay.</summary>
    public Money Left => Discount is { } off ? Amount - off : Amount;
}

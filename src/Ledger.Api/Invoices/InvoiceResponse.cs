using System.Globalization;
using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Projections;
using Ledger.Projections.Invoices;

namespace Ledger.Api.Invoices;

/// <summary>An invoice on the wire.</summary>
/// <param name="InvoiceNumber">Gap-free per tenant.</param>
/// <param name="Total">What is to be paid, with tax.</param>
public sealed record InvoiceResponse(
    InvoiceId Id, string InvoiceNumber, CustomerId CustomerId, SubscriptionId? SubscriptionId, InvoiceStatus Status, BillingPeriod? Period,
    IReadOnlyList<LineResponse> Lines, bool PricesIncludeTax, Money Net, Money Tax, Money Total, LocalDate IssuedOn, LocalDate DueOn,
    LocalDate? PaidOn, PaymentId? PaymentId)
{
    public static InvoiceResponse From(Invoice.Known known) => new(
        known.Id, NumberOf(known.Number), known.CustomerId, known.SubscriptionId, known.Status, known.Period,
        [.. known.Lines.Select(LineResponse.From)], known.PricesIncludeTax, known.Net, known.Tax, known.Total, known.IssuedOn, known.DueOn,
        known.PaidOn, known.PaymentId);

    public static InvoiceResponse From(InvoiceRow row)
    {
        var currency = Currency.Parse(row.Currency);
        return new(
            new(row.Id), NumberOf(row.Number), new(row.CustomerId), row.SubscriptionId is { } subscription ? new(subscription) : null,
            Enum.Parse<InvoiceStatus>(row.Status.Replace("_", "", StringComparison.Ordinal), ignoreCase: true),
            row.PeriodFrom is { } from ? new(from, row.PeriodUntil!.Value) : null,
            [.. Json.To<List<InvoiceLine>>(row.Lines)!.Select(LineResponse.From)], row.PricesIncludeTax, new(row.Net, currency),
            new(row.Tax, currency), new(row.Total, currency), row.IssuedOn, row.DueOn, row.PaidOn, row.PaymentId is { } payment ? new(payment) : null);
    }

    private static string NumberOf(long number) => string.Create(CultureInfo.InvariantCulture, $"INV-{number:000000}");
}

/// <param name="Amount">As priced, for all of the quantity.</param>
public sealed record LineResponse(string Description, long Quantity, Money UnitPrice, Money Amount, TaxRate TaxRate, Money Net, Money Tax)
{
    public static LineResponse From(InvoiceLine line) =>
        new(line.Description, line.Quantity, line.UnitPrice, line.Amount, line.TaxRate, line.Net, line.Tax);
}

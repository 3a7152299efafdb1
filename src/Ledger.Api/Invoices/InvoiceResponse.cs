using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Projections;
using Ledger.Projections.Invoices;

namespace Ledger.Api.Invoices;

/// <summary>An invoice on the wire.</summary>
/// <param name="InvoiceNumber">Gap-free per tenant; absent while it is a draft.</param>
/// <param name="Total">What is to be paid, with tax.</param>
/// <param name="AmountPaid">What payments and the customer's balance have settled.</param>
/// <param name="FromBalance">What of that the customer's balance paid.</param>
/// <param name="AmountCredited">What credit notes took back.</param>
/// <param name="AmountDue">What is still to be paid.</param>
public sealed record InvoiceResponse(
    InvoiceId Id, string? InvoiceNumber, CustomerId CustomerId, SubscriptionId? SubscriptionId, Guid? OrderId, InvoiceStatus Status,
    BillingPeriod? Period, IReadOnlyList<LineResponse> Lines, bool PricesIncludeTax, Money Net, Money Tax, Money Total, Money AmountPaid,
    Money FromBalance, Money AmountCredited, Money AmountDue, LocalDate IssuedOn, LocalDate DueOn, LocalDate? PaidOn, PaymentId? PaymentId)
{
    public static InvoiceResponse From(Invoice.Known known) => new(
        known.Id, known.Status is InvoiceStatus.Draft ? null : InvoiceNumbers.Of(known.Number), known.CustomerId, known.SubscriptionId, known.Order,
        known.Status, known.Period, [.. known.Lines.Select(LineResponse.From)], known.PricesIncludeTax, known.Net, known.Tax, known.Total,
        known.Settled, known.FromBalance, known.Credited, known.Open, known.IssuedOn, known.DueOn, known.PaidOn, known.PaymentId);

    public static InvoiceResponse From(InvoiceRow row)
    {
        var currency = Currency.Parse(row.Currency);
        var status = Enum.Parse<InvoiceStatus>(row.Status.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        var due = status is InvoiceStatus.Pending or InvoiceStatus.Overdue ? row.Total - row.Settled - row.Reduced : 0;
        return new(
            new(row.Id), row.Number is { } number && status is not InvoiceStatus.Draft ? InvoiceNumbers.Of(number) : null, new(row.CustomerId),
            row.SubscriptionId is { } subscription ? new(subscription) : null, row.OrderId, status,
            row.PeriodFrom is { } from ? new(from, row.PeriodUntil!.Value) : null,
            [.. Json.To<List<InvoiceLine>>(row.Lines)!.Select(LineResponse.From)], row.PricesIncludeTax, new(row.Net, currency),
            new(row.Tax, currency), new(row.Total, currency), new(row.Settled, currency), new(row.FromBalance, currency), new(row.Credited, currency), new(due, currency),
            row.IssuedOn, row.DueOn, row.PaidOn, row.PaymentId is { } payment ? new(payment) : null);
    }
}

/// <param name="Amount">As priced, for all of the quantity; below zero for a credit.</param>
/// <param name="Discount">What is taken off the amount.</param>
/// <param name="Period">The days it is for, where they are others than the invoice's.</param>
public sealed record LineResponse(
    string Description, long Quantity, Money UnitPrice, Money Amount, TaxRate TaxRate, Money Net, Money Tax, Money? Discount, BillingPeriod? Period)
{
    public static LineResponse From(InvoiceLine line) => new(
        line.Description, line.Quantity, line.UnitPrice, line.Amount, line.TaxRate, line.Net, line.Tax, line.Discount, line.Period);
}

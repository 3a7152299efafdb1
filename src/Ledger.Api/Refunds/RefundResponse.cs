using Ledger.Domain.Amounts;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Projections.Refunds;

namespace Ledger.Api.Refunds;

/// <summary>A refund on the wire.</summary>
/// <param name="RequestedBy">The id of the key, user or customer that asked.</param>
/// <param name="DecidedBy">Of the one that approved or rejected it.</param>
/// <param name="CreditNoteId">What took it back from the invoice, where there is one.</param>
public sealed record RefundResponse(
    RefundId Id, PaymentId PaymentId, CustomerId? CustomerId, InvoiceId? InvoiceId, Guid? OrderId, RefundStatus Status, Money Amount,
    string? Reason, string RequestedBy, string? DecidedBy, LocalDate RequestedOn, string? FailureCode, string? ProviderReference,
    CreditNoteId? CreditNoteId)
{
    public static RefundResponse From(Refund.Known known) => new(
        known.Id, known.PaymentId, known.CustomerId, known.InvoiceId, known.For is { Kind: PurchaseKind.Order } order ? order.Id : null,
        known.Status, known.Amount, known.Reason, known.RequestedBy, known.DecidedBy, known.RequestedOn, known.FailureCode,
        known.ProviderReference, known.CreditNoteId);

    public static RefundResponse From(RefundRow row) => new(
        new(row.Id), new(row.PaymentId), row.CustomerId is { } customer ? new(customer) : null,
        row.InvoiceId is { } invoice ? new(invoice) : null, row.OrderId, Enum.Parse<RefundStatus>(row.Status, ignoreCase: true),
        new(row.Amount, Currency.Parse(row.Currency)), row.Reason, row.RequestedBy, row.DecidedBy, row.RequestedOn, row.FailureCode,
        row.ProviderReference, row.CreditNoteId is { } note ? new(note) : null);
}

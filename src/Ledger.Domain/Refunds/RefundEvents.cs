using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Refunds;

/// <summary>What can happen to a refund. Stored forever: add cases, never edit them.</summary>
public abstract record RefundEvent : IEvent
{
    private protected RefundEvent() { }
}

/// <summary>Somebody asks for money to go back. It is set aside on the payment.</summary>
/// <param name="RequestedBy">Opaque: a user, a key or a customer.</param>
/// <param name="Period">The days that it takes back; null when it is not for days.</param>
/// <param name="PerLine">What it is to take of each line of the invoice; null where that follows from the amount.</param>
public sealed record RefundRequested(
    RefundId Id, PaymentId PaymentId, CustomerId? CustomerId, InvoiceId? InvoiceId, Purchase? For, Money Amount, string RequestedBy,
    LocalDate On, string? Reason = null, BillingPeriod? Period = null, IReadOnlyList<TaxedAmount>? PerLine = null) : RefundEvent;

/// <summary>It is to be made. From here on the provider is asked.</summary>
/// <param name="ApprovedBy">Opaque; the one who asked where that one may approve.</param>
public sealed record RefundApproved(RefundId Id, string ApprovedBy, LocalDate On) : RefundEvent;

public sealed record RefundRejected(RefundId Id, string RejectedBy, LocalDate On, string? Reason = null) : RefundEvent;

/// <summary>The money has gone back.</summary>
/// <param name="Provider">Who has sent it.</param>
/// <param name="CreditNoteId">What took it back from the invoice; null for a payment of something that was not invoiced.</param>
public sealed record RefundSucceeded(
    RefundId Id, PaymentId PaymentId, Money Amount, string Provider, string ProviderReference, CreditNoteId? CreditNoteId, LocalDate On) : RefundEvent;

/// <summary>The provider would not send it. Nothing went back.</summary>
public sealed record RefundFailed(RefundId Id, string Code, LocalDate On) : RefundEvent;

using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Refunds;

public enum RefundStatus { Requested, Processing, Rejected, Succeeded, Failed }

/// <summary>A refund, as it stands now.</summary>
public abstract record Refund : IState<Refund, RefundEvent>
{
    private Refund() { }

    public sealed record Unknown : Refund;

    /// <param name="RequestedBy">Opaque: a user, a key or a customer.</param>
    public sealed record Known(
        RefundId Id, PaymentId PaymentId, CustomerId? CustomerId, InvoiceId? InvoiceId, Purchase? For, Money Amount, string? Reason,
        string RequestedBy, LocalDate RequestedOn, RefundStatus Status) : Refund
    {
        public string? DecidedBy { get; init; }

        public string? FailureCode { get; init; }

        public string? ProviderReference { get; init; }

        public CreditNoteId? CreditNoteId { get; init; }

        /// <summary>The days that it takes back.</summary>
        public BillingPeriod? Period { get; init; }

        /// <summary>What it is to take of each line of the invoice; null where that follows from the amount.</summary>
        public IReadOnlyList<TaxedAmount>? PerLine { get; init; }
    }

    public static Refund Initial { get; } = new Unknown();

    public static Refund Evolve(Refund state, RefundEvent @event) => @event switch
    {
        RefundRequested asked => new Known(
            asked.Id, asked.PaymentId, asked.CustomerId, asked.InvoiceId, asked.For, asked.Amount, asked.Reason, asked.RequestedBy, asked.On,
            RefundStatus.Requested)
        {
            Period = asked.Period, PerLine = asked.PerLine,
        },
        RefundApproved approved => (Known)state with { Status = RefundStatus.Processing, DecidedBy = approved.ApprovedBy },
        RefundRejected rejected => (Known)state with { Status = RefundStatus.Rejected, DecidedBy = rejected.RejectedBy },
        RefundSucceeded done => (Known)state with
        {
            Status = RefundStatus.Succeeded, ProviderReference = done.ProviderReference, CreditNoteId = done.CreditNoteId,
        },
        RefundFailed failed => (Known)state with { Status = RefundStatus.Failed, FailureCode = failed.Code },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a refund can say.</summary>
public static class RefundRejections
{
    public static readonly Rejection NotFound = new("refund_not_found", RejectionKind.NotFound, "No refund has this id.");

    public static readonly Rejection NotRefundable = new(
        "payment_not_refundable", RejectionKind.Conflict, "Only a payment that was captured can be refunded.");

    public static readonly Rejection NothingLeft = new(
        "payment_already_refunded", RejectionKind.Conflict, "All of this payment has been refunded, or is about to be.");

    public static readonly Rejection TooMuch = new(
        "refund_exceeds_remaining", RejectionKind.Unprocessable, "More cannot be refunded than is left of what was captured.");

    public static readonly Rejection NotCovered = new(
        "refund_no_longer_covered", RejectionKind.Conflict, "Less is left of the payment by now than this refund is of. Reject it, and ask for less.");

    public static readonly Rejection OwnRequest = new(
        "refund_own_request", RejectionKind.Forbidden, "A refund is approved by somebody other than who asked for it.");

    public static readonly Rejection Decided = new("refund_already_decided", RejectionKind.Conflict, "The refund has been decided already.");
}

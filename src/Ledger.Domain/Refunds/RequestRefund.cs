using Ledger.Domain.Balances;
using Ledger.Domain.Classes;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Refunds;

/// <summary>
/// Ask for money to go back. Once it is approved it is set aside, so that whoever races, no more is promised than was captured; a request
/// that nobody has approved takes nothing off what may be refunded.
/// </summary>
/// <remarks>
/// Refuses with <c>payment_not_found</c>, <c>payment_not_refundable</c>, <c>payment_already_refunded</c>,
/// <c>refund_exceeds_remaining</c>, <c>amount_not_positive</c>, <c>currency_mismatch</c>, <c>class_credit_in_use</c> for all of what bought classes of which some were used. What credit notes have taken back already, or
/// what went to the customer's balance, cannot be refunded again.
/// </remarks>
/// <param name="Amount">Null for all that is left.</param>
/// <param name="RequestedBy">Opaque: who asks.</param>
/// <param name="IsApproved">Whether the one who asks may approve refunds: then it is made at once.</param>
public sealed record RequestRefund(
    RefundId Id, PaymentId PaymentId, Money? Amount, string? Reason, string RequestedBy, bool IsApproved, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<Refund, RefundEvent>(Id.Stream) is not Refund.Unknown) return JointDecision.Nothing;
        if (await states.Of<Payment, PaymentEvent>(PaymentId.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (!payment.IsPaid) return RefundRejections.NotRefundable;
        var left = await Left(states, payment);
        if (left.Amount <= 0) return RefundRejections.NothingLeft;
        var amount = Amount ?? left;
        if (amount.Currency != payment.Amount.Currency) return SubscriptionRejections.CurrencyMismatch;
        if (amount.Amount <= 0) return BalanceRejections.AmountNotPositive;
        if (amount > left) return RefundRejections.TooMuch.With($"{left} is left.");

        return await ClassMoneyBack.Refusal(states, payment, amount) is { } used ? used : Ask(payment, amount, decision: new JointDecision());
    }

    /// <summary>The same for days that were paid for, as part of a decision that has seen what is left.</summary>
    internal JointDecision Ask(
        Payment.Known payment, Money amount, JointDecision decision, BillingPeriod? days = null, IReadOnlyList<TaxedAmount>? perLine = null)
    {
        _ = decision.Append(Id.Stream, new RefundRequested(
            Id, PaymentId, payment.CustomerId, payment.InvoiceId, payment.For, amount, RequestedBy, Today, Reason, days, perLine));
        return IsApproved
            ? decision.Append(PaymentId.Stream, new PaymentRefundReserved(PaymentId, Id, amount)).Append(Id.Stream, new RefundApproved(Id, RequestedBy, Today))
            : decision;
    }

    /// <summary>What is left of the payment, and of its invoice where it has one.</summary>
    internal static async ValueTask<Money> Left(IStates states, Payment.Known payment) =>
        await Creditable(states, payment) is { } creditable && creditable < payment.Refundable ? creditable : payment.Refundable;

    /// <summary>What is left of its invoice; null without one.</summary>
    internal static async ValueTask<Money?> Creditable(IStates states, Payment.Known payment) =>
        payment.InvoiceId is { } id && await states.Of<Invoice, InvoiceEvent>(id.Stream) is Invoice.Known invoice
            ? payment.Reserved.Values.Aggregate(invoice.Creditable, (left, promised) => left - promised)
            : null;
}

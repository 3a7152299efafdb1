using Ledger.Domain.Classes;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Refunds;

/// <summary>What the provider answered to a refund.</summary>
/// <param name="ProviderReference">What it calls the refund; null where there was none.</param>
/// <param name="FailureCode">Null when the money has gone back.</param>
public sealed record RefundResult(string? ProviderReference, string? FailureCode = null);

/// <summary>Write down how a refund ended: the payment knows what went back, and its invoice gets a credit note.</summary>
/// <remarks>One that has ended already stays. A failed one frees what was set aside for it.</remarks>
public sealed record RecordRefund(RefundId Id, RefundResult Result, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Refund, RefundEvent>(Id.Stream) is not Refund.Known refund) return RefundRejections.NotFound;
        if (refund.Status is not RefundStatus.Processing) return JointDecision.Nothing;
        if (await states.Of<Payment, PaymentEvent>(refund.PaymentId.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (Result.FailureCode is { } code)
        {
            return new JointDecision().Append(Id.Stream, new RefundFailed(Id, code, On))
                .Append(payment.Id.Stream, new PaymentRefundReleased(payment.Id, Id));
        }

        return await Succeed(states, refund, payment, Result.ProviderReference!, On, new JointDecision());
    }

    /// <summary>What follows from money that has gone back.</summary>
    internal static async ValueTask<JointDecision> Succeed(
        IStates states, Refund.Known refund, Payment.Known payment, string reference, LocalDate on, JointDecision decision)
    {
        var invoice = payment.InvoiceId is { } id ? await states.Of<Invoice, InvoiceEvent>(id.Stream) as Invoice.Known : null;
        var note = new CreditNoteId(DerivedId.Of(refund.Id.Value, "credit note"));
        var back = payment.Refunded + refund.Amount;
        _ = decision
            .Append(refund.Id.Stream, new RefundSucceeded(
                refund.Id, payment.Id, refund.Amount, payment.Provider!, reference, invoice is null ? null : note, on))
            .Append(payment.Id.Stream, new PaymentRefunded(payment.Id, refund.Id, refund.Amount, back, on));
        if (back >= payment.Captured && OrderOf(payment, invoice) is { } order) await OrderSettlement.Refund(states, order, payment.Id, refund.Id, on, decision);
        if (back >= payment.Captured) await ClassMoneyBack.Void(states, payment, refund.Id, on, decision);
        if (invoice is null) return decision;

        _ = await states.OfNew<CreditNote, CreditNoteEvent>(note.Stream);
        CreditNoteParts.Issue(
            note, invoice, CreditShares.Of(invoice, refund.Amount, refund.PerLine), CreditDestination.Refund, refund.Reason, on, decision, refund.Period,
            refund.Id.Value);
        return decision;
    }

    private static OrderId? OrderOf(Payment.Known payment, Invoice.Known? invoice) =>
        payment.For is { Kind: PurchaseKind.Order } bought ? new(bought.Id) : invoice?.Order is { } order ? new(order) : null;
}

using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;
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

        var invoice = payment.InvoiceId is { } id ? await states.Of<Invoice, InvoiceEvent>(id.Stream) as Invoice.Known : null;
        var note = new CreditNoteId(DerivedId.Of(Id.Value, "credit note"));
        var decision = new JointDecision()
            .Append(Id.Stream, new RefundSucceeded(
                Id, payment.Id, refund.Amount, payment.Provider!, Result.ProviderReference!, invoice is null ? null : note, On))
            .Append(payment.Id.Stream, new PaymentRefunded(payment.Id, Id, refund.Amount, payment.Refunded + refund.Amount, On));
        if (invoice is null) return decision;

        _ = await states.OfNew<CreditNote, CreditNoteEvent>(note.Stream);
        CreditNoteParts.Issue(
            note, invoice, CreditShares.Of(invoice, refund.Amount), CreditDestination.Refund, refund.Reason, On, decision,
            refund.Period, Id.Value);
        return decision;
    }
}

using Ledger.Domain.Classes;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Refunds;

/// <summary>Let a refund that was asked for be made: from here on it is set aside. Approving again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>refund_not_found</c>, <c>refund_already_decided</c> for a rejected one, <c>refund_own_request</c> for the one who
/// asked, who is not an admin, and where others were first with <c>refund_no_longer_covered</c>, <c>class_credit_in_use</c>.
/// </remarks>
/// <param name="By">Opaque: who approves.</param>
public sealed record ApproveRefund(RefundId Id, string By, bool IsAdmin, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Refund, RefundEvent>(Id.Stream) is not Refund.Known refund) return RefundRejections.NotFound;
        if (refund.Status is RefundStatus.Rejected) return RefundRejections.Decided;
        if (refund.Status is not RefundStatus.Requested) return JointDecision.Nothing;
        if (refund.RequestedBy == By && !IsAdmin) return RefundRejections.OwnRequest;
        if (await states.Of<Payment, PaymentEvent>(refund.PaymentId.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;

        // By earlier versions it was set aside when it was asked for.
        var approved = new RefundApproved(Id, By, Today);
        if (payment.Reserved.ContainsKey(Id)) return new JointDecision().Append(Id.Stream, approved);
        var left = await RequestRefund.Left(states, payment);
        if (refund.Amount > left) return RefundRejections.NotCovered.With($"{left} is left.");
        return await ClassMoneyBack.Refusal(states, payment, refund.Amount) is { } used
            ? used
            : new JointDecision().Append(payment.Id.Stream, new PaymentRefundReserved(payment.Id, Id, refund.Amount)).Append(Id.Stream, approved);
    }
}

/// <summary>Batch a refund down: what was set aside for it, if anything was, is free again. Rejecting again changes nothing.</summary>
/// <remarks>Refuses with <c>refund_not_found</c>, and <c>refund_already_decided</c> for an approved one.</remarks>
public sealed record RejectRefund(RefundId Id, string By, string? Reason, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Refund, RefundEvent>(Id.Stream) is not Refund.Known refund) return RefundRejections.NotFound;
        if (refund.Status is RefundStatus.Rejected) return JointDecision.Nothing;
        if (refund.Status is not RefundStatus.Requested) return RefundRejections.Decided;

        var decision = new JointDecision().Append(Id.Stream, new RefundRejected(Id, By, Today, Reason));
        return await states.Of<Payment, PaymentEvent>(refund.PaymentId.Stream) is Payment.Known payment && payment.Reserved.ContainsKey(Id)
            ? decision.Append(payment.Id.Stream, new PaymentRefundReleased(payment.Id, Id))
            : decision;
    }
}

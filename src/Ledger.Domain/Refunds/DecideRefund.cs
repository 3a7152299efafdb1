using Ledger.Domain.Payments;

namespace Ledger.Domain.Refunds;

/// <summary>Let a refund that was asked for be made. Approving again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>refund_not_found</c>, <c>refund_already_decided</c> for a rejected one, and <c>refund_own_request</c> for the one who
/// asked, who is not an admin.
/// </remarks>
/// <param name="By">Opaque: who approves.</param>
public sealed record ApproveRefund(RefundId Id, string By, bool IsAdmin, LocalDate Today) : ICommand<Refund, RefundEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<RefundEvent> Decide(Refund state) => state switch
    {
        Refund.Known { Status: RefundStatus.Requested } asked when asked.RequestedBy == By && !IsAdmin => RefundRejections.OwnRequest,
        Refund.Known { Status: RefundStatus.Requested } => [new RefundApproved(Id, By, Today)],
        Refund.Known { Status: RefundStatus.Rejected } => RefundRejections.Decided,
        Refund.Known => [],
        _ => RefundRejections.NotFound,
    };
}

/// <summary>Turn a refund down: what was set aside for it is free again. Rejecting again changes nothing.</summary>
/// <remarks>Refuses with <c>refund_not_found</c>, and <c>refund_already_decided</c> for an approved one.</remarks>
public sealed record RejectRefund(RefundId Id, string By, string? Reason, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Refund, RefundEvent>(Id.Stream) is not Refund.Known refund) return RefundRejections.NotFound;
        if (refund.Status is RefundStatus.Rejected) return JointDecision.Nothing;
        if (refund.Status is not RefundStatus.Requested) return RefundRejections.Decided;

        _ = await states.Of<Payment, PaymentEvent>(refund.PaymentId.Stream);
        return new JointDecision().Append(Id.Stream, new RefundRejected(Id, By, Today, Reason))
            .Append(refund.PaymentId.Stream, new PaymentRefundReleased(refund.PaymentId, Id));
    }
}

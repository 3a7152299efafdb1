using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentIntents;

namespace Ledger.Domain.Payments;

/// <summary>Write down what became of held money that was to be taken, and what follows from it, in one commit.</summary>
/// <remarks>Taken: what it was for is paid. Refused: the payment failed, and its order may be paid again. One that has ended already stays.</remarks>
/// <param name="FailureCode">Null when the money was taken.</param>
public sealed record RecordCapture(PaymentId Id, string? FailureCode, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (payment is not { Status: PaymentStatus.Authorized, CaptureWanted: { } amount }) return JointDecision.Nothing;
        var decision = new JointDecision();
        if (FailureCode is { } code)
        {
            _ = decision.Append(Id.Stream, new PaymentFailed(Id, payment.Attempts, code, IsHard: true, On, payment.ProviderReference));
            await OrderSettlement.Fail(states, payment, code, On, decision);
            return decision;
        }

        _ = decision.Append(Id.Stream, new PaymentCaptured(Id, payment.Attempts, payment.ProviderReference!, On, amount, payment.Provider));
        await Settlement.ByPayment(states, payment, amount, On, decision);
        return await KeptProviderEvents.Apply(states, ProviderSubject.OfPayment(Id), On, decision);
    }
}

/// <summary>Write down that held money was let go. Its order may be paid again. Let go already: nothing.</summary>
public sealed record RecordRelease(PaymentId Id, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (payment is not { Status: PaymentStatus.Authorized, IsCancelWanted: true }) return JointDecision.Nothing;
        var decision = new JointDecision().Append(Id.Stream, new PaymentCancelled(Id, On));
        await OrderSettlement.Fail(states, payment, "payment_cancelled", On, decision);
        return decision;
    }
}

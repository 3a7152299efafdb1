using Ledger.Domain.Customers;

namespace Ledger.Domain.Payments;

/// <summary>Take the held money of a payment, or part of it; the rest is let go. The same again changes nothing.</summary>
/// <remarks>Refuses with <c>payment_not_found</c>, <c>payment_not_authorized</c>, <c>capture_exceeds_authorization</c>,
/// <c>customer_not_found</c> for a deleted one.</remarks>
/// <param name="Amount">Null for all of it.</param>
public sealed record CapturePayment(PaymentId Id, Money? Amount, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        var wanted = Amount ?? payment.Amount;
        if (payment.CaptureWanted == wanted) return JointDecision.Nothing;
        if (payment.Status is not PaymentStatus.Authorized || payment.CaptureWanted is not null || payment.IsCancelWanted) return PaymentRejections.NotAuthorized;
        if (await ChargeableCustomer.Refusal(states, payment.CustomerId) is { } gone) return gone;
        return wanted.Currency != payment.Amount.Currency || wanted.Amount <= 0 || wanted > payment.Amount
            ? PaymentRejections.CaptureTooMuch
            : new JointDecision().Append(Id.Stream, new PaymentCaptureRequested(Id, wanted, Today));
    }
}

namespace Ledger.Domain.Payments;

/// <summary>Let the held money of a payment go: nothing is taken. Cancelling again changes nothing.</summary>
/// <remarks>Refuses with <c>payment_not_found</c>, and <c>payment_not_authorized</c> where nothing is held, or it is being captured.</remarks>
public sealed record CancelPayment(PaymentId Id, string? Reason, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states) => await states.Of<Payment, PaymentEvent>(Id.Stream) switch
    {
        Payment.Known { IsCancelWanted: true } => JointDecision.Nothing,
        Payment.Known { Status: PaymentStatus.Authorized, CaptureWanted: null } =>
            new JointDecision().Append(Id.Stream, new PaymentCancelRequested(Id, Today, Reason)),
        Payment.Known => PaymentRejections.NotAuthorized,
        _ => PaymentRejections.NotFound,
    };
}

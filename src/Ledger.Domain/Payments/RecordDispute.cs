namespace Ledger.Domain.Payments;

/// <summary>Write down that a card's holder disputes a payment: until it is decided the money is withheld. Known already: nothing.</summary>
/// <remarks>Refuses with <c>payment_not_found</c>. Never more is withheld than is left of what was captured.</remarks>
/// <param name="DisputeId">What the provider calls it.</param>
public sealed record RecordDispute(PaymentId Id, string DisputeId, Money Amount, string Reason, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (!payment.IsPaid || payment.Disputed.ContainsKey(DisputeId) || payment.ClosedDisputes.Contains(DisputeId)) return JointDecision.Nothing;
        if (Amount.Currency != payment.Amount.Currency) return JointDecision.Nothing;
        var withheld = Amount < payment.Refundable ? Amount : payment.Refundable;
        return withheld.Amount > 0
            ? new JointDecision().Append(Id.Stream, new PaymentDisputed(Id, DisputeId, withheld, payment.Provider!, Reason, On))
            : JointDecision.Nothing;
    }
}

/// <summary>Write down how a dispute ended: won, and the money is back, or lost for good. Ended already: nothing.</summary>
/// <remarks>Refuses with <c>payment_not_found</c>.</remarks>
public sealed record CloseDispute(PaymentId Id, string DisputeId, bool IsWon, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        return payment.Disputed.TryGetValue(DisputeId, out var withheld) && !payment.ClosedDisputes.Contains(DisputeId)
            ? new JointDecision().Append(Id.Stream, new PaymentDisputeClosed(Id, DisputeId, IsWon, withheld, payment.Provider!, On))
            : JointDecision.Nothing;
    }
}

namespace Ledger.Domain.Payments;

/// <summary>Write down that a card's holder disputes a payment: until it is decided the money is withheld. Known already: nothing.</summary>
/// <remarks>
/// Refuses with <c>payment_not_found</c>. Never more is withheld than is left of what was captured. In whatever order disputes, their
/// ends and refunds are heard of, they come to the same.
/// </remarks>
/// <param name="DisputeId">What the provider calls it.</param>
public sealed record RecordDispute(PaymentId Id, string DisputeId, Money Amount, string Reason, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        return payment.IsPaid && Amount.Currency == payment.Amount.Currency && Amount.Amount > 0
            ? new JointDecision().Append(Id.Stream, [.. Events(payment, DisputeId, Amount, Reason, On)])
            : JointDecision.Nothing;
    }

    /// <summary>None when as much is known to be disputed.</summary>
    internal static IReadOnlyList<PaymentEvent> Events(Payment.Known payment, string dispute, Money amount, string reason, LocalDate on)
    {
        var before = payment.Claimed.GetValueOrDefault(dispute);
        if (payment.Claimed.ContainsKey(dispute) && amount <= before) return [];
        var claimed = payment with { Claimed = payment.Claimed.SetItem(dispute, amount) };
        if (payment.WonDisputes.Contains(dispute)) return [];
        var withheld = Withholding.Of(claimed, dispute);
        PaymentEvent told = payment.Claimed.ContainsKey(dispute)
            ? new PaymentDisputeChanged(
                payment.Id, dispute, amount, withheld, withheld - payment.Disputed[dispute], payment.Provider!, payment.ClosedDisputes.Contains(dispute), on)
            : new PaymentDisputed(payment.Id, dispute, withheld, payment.Provider!, reason, on, withheld == amount ? null : amount);
        return [told, .. Withholding.Changes((Payment.Known)Payment.Evolve(payment, told), on)];
    }
}

/// <summary>Write down how a dispute ended: won, and the money is back, or lost for good. Ended already: nothing.</summary>
/// <remarks>
/// Refuses with <c>payment_not_found</c>. One that was not heard of before begins and ends with this. Of one that is told to be won and
/// lost, the better is true: a provider may give back what it took, and not the other way round.
/// </remarks>
/// <param name="Amount">What it was about; null when the provider does not say.</param>
public sealed record CloseDispute(PaymentId Id, string DisputeId, bool IsWon, LocalDate On, Money? Amount = null) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (!payment.IsPaid || payment.WonDisputes.Contains(DisputeId) || (!IsWon && payment.ClosedDisputes.Contains(DisputeId))) return JointDecision.Nothing;
        if (Amount is { } said && (said.Currency != payment.Amount.Currency || said.Amount <= 0)) return JointDecision.Nothing;
        if (Amount is null && !payment.Claimed.ContainsKey(DisputeId)) return JointDecision.Nothing;

        var decision = new JointDecision();
        if (Amount is { } amount) payment = Append(decision, payment, RecordDispute.Events(payment, DisputeId, amount, "general", On));
        if (payment.ClosedDisputes.Contains(DisputeId)) payment = Append(decision, payment, [GivenBack(payment)]);
        payment = Append(decision, payment, [new PaymentDisputeClosed(Id, DisputeId, IsWon, payment.Disputed[DisputeId], payment.Provider!, On)]);
        _ = Append(decision, payment, [.. Withholding.Changes(payment, On)]);
        return decision;
    }

    /// <summary>What was lost comes back before it is won.</summary>
    private PaymentDisputeChanged GivenBack(Payment.Known payment)
    {
        var lost = payment.Disputed[DisputeId];
        return new(Id, DisputeId, payment.Claimed[DisputeId], Money.Zero(lost.Currency), -lost, payment.Provider!, IsLost: true, On);
    }

    private static Payment.Known Append(JointDecision decision, Payment.Known payment, IReadOnlyList<PaymentEvent> events)
    {
        _ = decision.Append(payment.Id.Stream, [.. events]);
        return (Payment.Known)events.Aggregate((Payment)payment, Payment.Evolve);
    }
}

using Ledger.Domain.Payments;

namespace Ledger.Domain.Refunds;

/// <summary>Write down money that went back by the provider's own hand. What we sent back ourselves, or are about to, is not counted again.</summary>
/// <remarks>
/// Refuses with <c>payment_not_found</c>. Heard of before: nothing. What has gone back is not withheld for a dispute as well.
/// </remarks>
/// <param name="Refunded">All that has gone back of the payment, as the provider says.</param>
/// <param name="Reference">What the provider calls the charge.</param>
public sealed record RecordProviderRefund(PaymentId PaymentId, Money Refunded, string Reference, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(PaymentId.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (!payment.IsPaid || Refunded.Currency != payment.Amount.Currency) return JointDecision.Nothing;
        var ours = payment.Reserved.Values.Aggregate(payment.Refunded, (sum, one) => sum + one);
        var more = Refunded > payment.Captured ? payment.Captured - ours : Refunded - ours;
        if (await RequestRefund.Creditable(states, payment) is { } left && more > left) more = left;
        if (more.Amount <= 0) return JointDecision.Nothing;

        var id = new RefundId(DerivedId.Of(PaymentId.Value, $"provider refund {(ours + more).Amount}"));
        if (await states.OfNew<Refund, RefundEvent>(id.Stream) is not Refund.Unknown) return JointDecision.Nothing;
        var asked = new RefundRequested(id, PaymentId, payment.CustomerId, payment.InvoiceId, payment.For, more, "provider", On);
        var reserved = new PaymentRefundReserved(PaymentId, id, more);
        var decision = new JointDecision().Append(id.Stream, asked).Append(PaymentId.Stream, reserved);
        decision = await RecordRefund.Succeed(
            states, (Refund.Known)Refund.Evolve(Refund.Initial, asked), (Payment.Known)Payment.Evolve(payment, reserved), Reference, On, decision);
        var after = (Payment.Known)await new StatesAfter(states, decision).Of<Payment, PaymentEvent>(PaymentId.Stream);
        return decision.Append(PaymentId.Stream, [.. Withholding.Changes(after, On)]);
    }
}

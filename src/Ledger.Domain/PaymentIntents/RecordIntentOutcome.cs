using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.PaymentIntents;

/// <summary>What the provider says of an intent: that it took the money, or that it refused a card.</summary>
/// <param name="ProviderReference">What it calls the intent.</param>
/// <param name="ChargeReference">What it calls the charge; null where it says none.</param>
/// <param name="Amount">What it took; null for the amount of the intent.</param>
/// <param name="FailureCode">Null when the money was taken.</param>
/// <param name="ToldAt">When it says that was, in seconds since 1970; null where it does not.</param>
public sealed record IntentOutcome(
    string ProviderReference, string? ChargeReference = null, Money? Amount = null, string? FailureCode = null, long? ToldAt = null)
{
    /// <summary>The code of an intent that can be paid no more.</summary>
    public const string Canceled = "canceled";
}

/// <summary>Write down what became of an intent, whoever tells it first: money makes one payment, which pays what it is for.</summary>
/// <remarks>
/// Refuses with <c>payment_intent_not_found</c>, and with <c>amount_mismatch</c> where another amount was taken than it was made for: that
/// is never taken as the one expected. Heard of before: nothing. What is not owed any more goes to the customer's balance. A refusal that
/// is heard of after the money was taken changes nothing; of several refusals the last is kept, by the provider's clock, and a cancelled
/// intent stays so. Source: rules C-D4, PAY-1.
/// </remarks>
public sealed record RecordIntentOutcome(PaymentIntentId Id, TenantId Tenant, IntentOutcome Outcome, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<PaymentIntent, PaymentIntentEvent>(Id.Stream) is not PaymentIntent.Known intent) return PaymentIntentRejections.NotFound;
        if (intent.Succeeded.Contains(Outcome.ProviderReference)) return JointDecision.Nothing;
        if (Outcome.FailureCode is not { } code) return await Succeed(states, intent);
        return intent.IsOpen && Outcome.ProviderReference == intent.ProviderReference && IsNews(intent, code)
            ? new JointDecision().Append(Id.Stream, new PaymentIntentFailed(Id, intent.ProviderReference, code, On, Outcome.ToldAt))
            : JointDecision.Nothing;
    }

    private bool IsNews(PaymentIntent.Known intent, string code)
    {
        if (intent.FailureCode is not { } before) return true;
        var told = Outcome.ToldAt ?? intent.FailedAt;
        var isFinal = (code is IntentOutcome.Canceled).CompareTo(before is IntentOutcome.Canceled);
        if (isFinal != 0) return isFinal > 0;
        if (told != intent.FailedAt) return told > intent.FailedAt;
        return Outcome.ToldAt is null ? code != before : string.CompareOrdinal(code, before) > 0;
    }

    private async ValueTask<JointDecision> Succeed(IStates states, PaymentIntent.Known intent)
    {
        var expected = intent.Amounts.GetValueOrDefault(Outcome.ProviderReference, intent.Amount);
        if (Outcome.Amount is { } took && took != expected) return PaymentRejections.Expected(expected);
        var payment = Id.PaymentOf(Outcome.ProviderReference);
        var none = await states.OfNew<Payment, PaymentEvent>(payment.Stream);
        var invoice = intent.InvoiceId is { } of ? await states.Of<Invoice, InvoiceEvent>(of.Stream) as Invoice.Known : null;
        var bought = intent.OrderId?.Value ?? invoice?.Order;
        var begun = new PaymentInitiated(
            payment, intent.InvoiceId, intent.CustomerId, invoice?.SubscriptionId, expected, PaymentMethodId: null, intent.Provider,
            On, bought is { } order ? new(PurchaseKind.Order, order) : null);
        var decision = new JointDecision()
            .Append(Id.Stream, new PaymentIntentSucceeded(Id, Outcome.ProviderReference, payment, On)).Append(payment.Stream, begun);
        decision = await new RecordCharge(payment, Tenant, 1, new ChargeResult(Outcome.ChargeReference ?? Outcome.ProviderReference), On)
            .Decide(states, (Payment.Known)Payment.Evolve(none, begun), decision);
        return decision.Rejection is null
            ? await KeptProviderEvents.Apply(states, ProviderSubject.OfIntent(Tenant, Outcome.ProviderReference, Id), On, decision)
            : decision;
    }
}

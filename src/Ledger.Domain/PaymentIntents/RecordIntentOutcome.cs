using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.PaymentIntents;

/// <summary>What the provider says of an intent: that it took the money, or that it refused a card.</summary>
/// <param name="ProviderReference">What it calls the intent.</param>
/// <param name="ChargeReference">What it calls the charge; null where it says none.</param>
/// <param name="Amount">What it took; null for the amount of the intent.</param>
/// <param name="FailureCode">Null when the money was taken.</param>
public sealed record IntentOutcome(string ProviderReference, string? ChargeReference = null, Money? Amount = null, string? FailureCode = null);

/// <summary>Write down what became of an intent, whoever tells it first: money makes one payment, which pays what it is for.</summary>
/// <remarks>
/// Refuses with <c>payment_intent_not_found</c>. Heard of before: nothing. What is not owed any more goes to the customer's balance. A
/// refusal that is heard of after the money was taken changes nothing. Source: rules C-D4, PAY-1.
/// </remarks>
public sealed record RecordIntentOutcome(PaymentIntentId Id, TenantId Tenant, IntentOutcome Outcome, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<PaymentIntent, PaymentIntentEvent>(Id.Stream) is not PaymentIntent.Known intent) return PaymentIntentRejections.NotFound;
        if (intent.Succeeded.Contains(Outcome.ProviderReference)) return JointDecision.Nothing;
        if (Outcome.FailureCode is not { } code) return await Succeed(states, intent);
        return !intent.IsOpen || Outcome.ProviderReference != intent.ProviderReference || intent.FailureCode == code
            ? JointDecision.Nothing
            : new JointDecision().Append(Id.Stream, new PaymentIntentFailed(Id, intent.ProviderReference, code, On));
    }

    private async ValueTask<JointDecision> Succeed(IStates states, PaymentIntent.Known intent)
    {
        var payment = Id.PaymentOf(Outcome.ProviderReference);
        var none = await states.OfNew<Payment, PaymentEvent>(payment.Stream);
        var invoice = intent.InvoiceId is { } of ? await states.Of<Invoice, InvoiceEvent>(of.Stream) as Invoice.Known : null;
        var bought = intent.OrderId?.Value ?? invoice?.Order;
        var amount = Outcome.Amount is { } took && took.Currency == intent.Amount.Currency ? took : intent.Amount;
        var begun = new PaymentInitiated(
            payment, intent.InvoiceId, intent.CustomerId, invoice?.SubscriptionId, amount, PaymentMethodId: null, intent.Provider,
            On, bought is { } order ? new(PurchaseKind.Order, order) : null);
        var decision = new JointDecision()
            .Append(Id.Stream, new PaymentIntentSucceeded(Id, Outcome.ProviderReference, payment, On)).Append(payment.Stream, begun);
        return await new RecordCharge(payment, Tenant, 1, new ChargeResult(Outcome.ChargeReference ?? Outcome.ProviderReference), On)
            .Decide(states, (Payment.Known)Payment.Evolve(none, begun), decision);
    }
}

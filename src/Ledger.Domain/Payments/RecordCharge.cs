using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentIntents;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Payments;

/// <summary>What the provider answered to an attempt.</summary>
/// <param name="ProviderReference">What it calls the charge; null where there was none.</param>
/// <param name="FailureCode">Null when the money was taken.</param>
public sealed record ChargeResult(string? ProviderReference, string? FailureCode = null, bool IsHardFailure = false)
{
    /// <summary>There was nothing to charge.</summary>
    public static ChargeResult NoPaymentMethod { get; } = new(null, "no_payment_method", IsHardFailure: true);
}

/// <summary>Write down how an attempt ended, and what follows for the invoice and the subscription, in one commit.</summary>
/// <remarks>
/// Captured: the invoice or the order is paid, and a chased subscription recovers, to where it was when the chase began; a payment that
/// captures later is held only. Failed: the first failure begins the chase on the tenant's terms of that day; the last attempt puts the
/// subscription in error; an order may be paid again. An attempt that has ended already stays.
/// Source: rules DUN-1 to DUN-3.
/// </remarks>
/// <param name="On">The day of the answer, in the tenant's zone.</param>
public sealed record RecordCharge(PaymentId Id, TenantId Tenant, int Attempt, ChargeResult Result, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (!payment.IsCharging || payment.Attempts != Attempt) return JointDecision.Nothing;
        return await Decide(states, payment, new JointDecision());
    }

    /// <summary>The same, as the end of a decision that begins the attempt.</summary>
    internal async ValueTask<JointDecision> Decide(IStates states, Payment.Known payment, JointDecision decision)
    {
        var subscription = payment.SubscriptionId is { } id
            ? await states.Of<Subscription, SubscriptionEvent>(id.Stream) as Subscription.Known
            : null;

        if (Result.FailureCode is null)
        {
            if (payment.CapturesLater) return decision.Append(Id.Stream, new PaymentAuthorized(Id, Attempt, Result.ProviderReference!, payment.Amount, On));
            var mayEarn = payment.CustomerId is not null
                && await states.Of<Tenant, TenantEvent>(Tenant.Stream) is Tenant.Known { LoyaltyPointsPerUnit: not null };
            _ = decision.Append(Id.Stream, new PaymentCaptured(
                Id, Attempt, Result.ProviderReference!, On, payment.Amount, payment.Provider, mayEarn));
            await Settlement.ByPayment(states, payment, payment.Amount, On, decision);
            if (subscription is { Status: SubscriptionStatus.PastDue or SubscriptionStatus.Error } && await PaysChase(states, payment, subscription))
                _ = decision.Append(subscription.Id.Stream, new SubscriptionRecovered(subscription.Id, On, subscription.Chase is { WasOnHold: true }));
            return await KeptProviderEvents.Apply(states, ProviderSubject.OfPayment(Id), On, decision);
        }

        _ = decision.Append(Id.Stream, new PaymentFailed(Id, Attempt, Result.FailureCode, Result.IsHardFailure, On, Result.ProviderReference));
        await OrderSettlement.Fail(states, payment, Result.FailureCode, On, decision);
        return subscription is null ? decision : decision.Append(subscription.Id.Stream, [.. await Consequences(states, payment, subscription)]);
    }

    /// <summary>Whether it brings all that was open on the invoice that the subscription is chased for.</summary>
    private static async ValueTask<bool> PaysChase(IStates states, Payment.Known payment, Subscription.Known subscription) =>
        subscription.Chase?.InvoiceId == payment.InvoiceId
        && (await states.Of<Invoice, InvoiceEvent>(payment.InvoiceId!.Value.Stream) is not Invoice.Known invoice || payment.Amount >= invoice.Open);

    private async ValueTask<IReadOnlyList<IEvent>> Consequences(IStates states, Payment.Known payment, Subscription.Known subscription)
    {
        var consequences = new List<IEvent>();

        // It was paid another way while this attempt was under way.
        if (payment.InvoiceId is { } of && await states.Of<Invoice, InvoiceEvent>(of.Stream) is Invoice.Known { IsOpen: false }) return consequences;
        var chase = subscription.Chase;

        // What was credited meanwhile is not owed any more.
        if (payment.InvoiceId is { } id && await states.Of<Invoice, InvoiceEvent>(id.Stream) is Invoice.Known { Status: InvoiceStatus.Paid }) return consequences;
        if (subscription.Status is SubscriptionStatus.Active or SubscriptionStatus.OnHold)
        {
            var terms = (await states.Of<Tenant, TenantEvent>(Tenant.Stream) as Tenant.Known)?.Dunning ?? DunningSettings.Default;
            var late = Begin(subscription.Id, payment.InvoiceId!.Value, terms);
            chase = Chase.On(late);
            consequences.Add(late);
        }
        else if (subscription.Status is not SubscriptionStatus.PastDue) return consequences;

        if (chase is not null && Attempt >= chase.AttemptsMax) consequences.Add(new SubscriptionErrored(subscription.Id, On));
        else if (chase is { Waits: not null } && chase.NextAttemptOn(Attempt, payment.LastAttemptOn) is { } next)
            consequences.Add(new SubscriptionAttemptScheduled(subscription.Id, Id, Attempt + 1, next));
        return consequences;
    }

    private SubscriptionPastDue Begin(SubscriptionId subscription, InvoiceId invoice, DunningSettings terms)
    {
        var end = On.PlusDays(terms.CancelledAfterDays);
        LocalDate? grace = terms.GraceDays is { } days ? LocalDate.Min(On.PlusDays(days), end) : null;
        return new(subscription, invoice, Id, On, terms.Attempts, end, terms.Waits, grace, terms.RetryHardDeclines);
    }
}

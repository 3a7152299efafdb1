namespace Ledger.Domain.Subscriptions;

/// <summary>Bill again. Days on hold after the invoiced period are not billed: a new period begins today.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_not_on_hold</c>. Within the invoiced period nothing is due
/// and the billing day stays. Resuming an active subscription changes nothing.
/// </remarks>
public sealed record ResumeSubscription(SubscriptionId Id, LocalDate Today) : SubscriptionCommand(Id)
{
    protected override Decision<SubscriptionEvent> Decide(Subscription.Known state)
    {
        if (state.Status is SubscriptionStatus.Active) return [];
        if (state.Status is not SubscriptionStatus.OnHold) return SubscriptionRejections.NotOnHold;

        var invoicedUntil = state.InvoicedUntil ?? state.Anchor!.Value;
        return invoicedUntil < Today
            ? [new SubscriptionResumed(Id, Today, Anchor: Today, IsDue: true)]
            : [new SubscriptionResumed(Id, Today, Anchor: null, IsDue: invoicedUntil == Today)];
    }
}

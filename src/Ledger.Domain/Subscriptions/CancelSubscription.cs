namespace Ledger.Domain.Subscriptions;

/// <summary>Stop for good: at once, or when the period already invoiced runs out.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_ended</c> for an expired one. Cancelling again changes
/// nothing. Refunds nothing. With nothing invoiced yet, at period end is at once.
/// </remarks>
public sealed record CancelSubscription(SubscriptionId Id, bool AtPeriodEnd, string? Reason, LocalDate Today) : SubscriptionCommand(Id)
{
    protected override Decision<SubscriptionEvent> Decide(Subscription.Known state)
    {
        if (state.Status is SubscriptionStatus.Cancelled) return [];
        if (state.Status is SubscriptionStatus.Expired) return SubscriptionRejections.Ended;
        if (!AtPeriodEnd || state.InvoicedUntil is not { } end || end <= Today) return [new SubscriptionCancelled(Id, Today, Reason)];
        return state.EndsOn == end ? [] : [new SubscriptionCancelScheduled(Id, end, Reason)];
    }
}

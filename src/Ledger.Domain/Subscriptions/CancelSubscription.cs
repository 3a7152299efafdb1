namespace Ledger.Domain.Subscriptions;

/// <summary>Stop for good: at once, on a day, or when the period already invoiced, or the trial, runs out.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_ended</c> for an expired one, <c>date_in_past</c>. Cancelling again
/// changes nothing. Refunds nothing. With nothing invoiced yet, at period end is at once.
/// </remarks>
/// <param name="On">The first day without service, where one is named.</param>
public sealed record CancelSubscription(SubscriptionId Id, bool AtPeriodEnd, string? Reason, LocalDate Today, LocalDate? On = null) : SubscriptionCommand(Id)
{
    protected override Decision<SubscriptionEvent> Decide(Subscription.Known state)
    {
        if (state.Status is SubscriptionStatus.Cancelled) return [];
        if (state.Status is SubscriptionStatus.Expired) return SubscriptionRejections.Ended;
        if (On < Today) return SubscriptionRejections.DateInPast;
        var wanted = On ?? (AtPeriodEnd ? state.InvoicedUntil ?? state.TrialEndsOn : null);
        if (wanted is not { } end || end <= Today) return [new SubscriptionCancelled(Id, Today, Reason)];
        return state.EndsOn == end ? [] : [new SubscriptionCancelScheduled(Id, end, Reason)];
    }
}

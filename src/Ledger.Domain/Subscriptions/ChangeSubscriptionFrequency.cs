namespace Ledger.Domain.Subscriptions;

/// <summary>Bill in another rhythm, from the end of what is invoiced. The same frequency again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_ended</c>. The day on which it begins becomes the billing day, but the
/// last day of a short month goes on standing for the day it stood for; with nothing invoiced that is the start. Nothing is prorated
/// or refunded.
/// </remarks>
public sealed record ChangeSubscriptionFrequency(SubscriptionId Id, Frequency Frequency) : SubscriptionCommand(Id)
{
    protected override Decision<SubscriptionEvent> Decide(Subscription.Known state)
    {
        if (state.IsEnded) return SubscriptionRejections.Ended;
        if (state.Frequency == Frequency) return [];

        // After a pause the next period may begin later than the invoiced one ended; days on hold stay unbilled.
        return [state.ChangedTo(Frequency, state.NextPeriod?.From ?? state.BillingStartsOn)];
    }
}

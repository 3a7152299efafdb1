namespace Ledger.Domain.Subscriptions;

/// <summary>Stop billing until it is resumed. The period already invoiced runs on. Pausing again changes nothing.</summary>
/// <remarks>Refuses with <c>subscription_not_found</c>, <c>subscription_not_active</c>.</remarks>
public sealed record PauseSubscription(SubscriptionId Id, string? Reason, LocalDate Today) : SubscriptionCommand(Id)
{
    protected override Decision<SubscriptionEvent> Decide(Subscription.Known state) => state.Status switch
    {
        SubscriptionStatus.Active => [new SubscriptionPaused(Id, Today, Reason)],
        SubscriptionStatus.OnHold => [],
        _ => SubscriptionRejections.NotActive,
    };
}

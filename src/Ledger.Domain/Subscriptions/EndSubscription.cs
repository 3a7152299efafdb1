namespace Ledger.Domain.Subscriptions;

/// <summary>Carry out a scheduled cancellation whose day has come. Before it, and after it, nothing happens.</summary>
public sealed record EndSubscription(SubscriptionId Id, LocalDate Today) : SubscriptionCommand(Id)
{
    protected override Decision<SubscriptionEvent> Decide(Subscription.Known state) =>
        !state.IsEnded && state.EndsOn is { } end && end <= Today ? [new SubscriptionCancelled(Id, end)] : [];
}

namespace Ledger.Domain.Subscriptions;

/// <summary>Anything that can be asked of one subscription, by itself.</summary>
public abstract record SubscriptionCommand(SubscriptionId Id) : ICommand<Subscription, SubscriptionEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<SubscriptionEvent> Decide(Subscription state) =>
        state is Subscription.Known known ? Decide(known) : SubscriptionRejections.NotFound;

    protected abstract Decision<SubscriptionEvent> Decide(Subscription.Known state);
}

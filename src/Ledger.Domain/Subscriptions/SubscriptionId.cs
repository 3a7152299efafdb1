namespace Ledger.Domain.Subscriptions;

public readonly record struct SubscriptionId(Guid Value) : IId<SubscriptionId>
{
    public static SubscriptionId From(Guid value) => new(value);

    public StreamId Stream => new("subscription", Value);
}

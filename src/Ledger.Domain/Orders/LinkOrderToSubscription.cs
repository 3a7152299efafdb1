using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Orders;

/// <summary>Say which subscription of its customer an order goes with. The same one again changes nothing.</summary>
/// <remarks>Refuses with <c>order_not_found</c>, <c>order_locked</c>, <c>payment_pending</c>, and <c>subscription_not_found</c> for another customer's too.</remarks>
public sealed record LinkOrderToSubscription(OrderId Id, SubscriptionId SubscriptionId) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Order, OrderEvent>(Id.Stream) is not Order.Known order) return OrderRejections.NotFound;
        if (order.SubscriptionId == SubscriptionId) return JointDecision.Nothing;
        if (order.Locked is { } locked) return locked;
        return await OrderLinks.Refusal(states, SubscriptionId, order.CustomerId) is { } refusal
            ? refusal
            : new JointDecision().Append(Id.Stream, new OrderLinkedToSubscription(Id, SubscriptionId));
    }
}

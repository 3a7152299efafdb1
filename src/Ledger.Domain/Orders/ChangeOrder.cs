using Ledger.Domain.Customers;

namespace Ledger.Domain.Orders;

/// <summary>Say anew who gets an order, whether it is a gift, and what it is called. The same again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>order_not_found</c>, <c>order_locked</c> once it is paid or cancelled, <c>payment_pending</c> while a payment is under
/// way, <c>customer_not_found</c>, <c>order_external_id_taken</c>.
/// </remarks>
public sealed record ChangeOrder(
    OrderId Id, CustomerId? ReceiverId, bool IsGift, string? ExternalId, IReadOnlyDictionary<string, string>? Metadata) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Order, OrderEvent>(Id.Stream) is not Order.Known order) return OrderRejections.NotFound;
        if (IsSame(order)) return JointDecision.Nothing;
        if (order.Locked is { } locked) return locked;
        if (ReceiverId is { } receiver && await states.Of<Customer, CustomerEvent>(receiver.Stream) is not Customer.Known) return CustomerRejections.NotFound;

        var decision = new JointDecision().Append(Id.Stream, new OrderChanged(Id, ReceiverId, IsGift, ExternalId, Metadata));
        if (order.ExternalId == ExternalId) return decision;
        if (order.ExternalId is { } old) _ = decision.Release(CreateOrder.ClaimOf(old, Id));
        return ExternalId is { } name ? decision.Claim(CreateOrder.ClaimOf(name, Id)) : decision;
    }

    private bool IsSame(Order.Known order) => order.ReceiverId == ReceiverId && order.IsGift == IsGift && order.ExternalId == ExternalId
        && Domain.Metadata.Same(order.Metadata, Metadata);
}

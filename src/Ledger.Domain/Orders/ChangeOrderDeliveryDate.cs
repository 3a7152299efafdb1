namespace Ledger.Domain.Orders;

/// <summary>Say on which day an order is wanted. The same day again changes nothing. A paid order may be moved too.</summary>
/// <remarks>Refuses with <c>order_not_found</c>, and <c>order_locked</c> for one that is cancelled or refunded.</remarks>
public sealed record ChangeOrderDeliveryDate(OrderId Id, LocalDate DeliveryOn) : ICommand<Order, OrderEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<OrderEvent> Decide(Order state) => state switch
    {
        Order.Known known when known.DeliveryOn == DeliveryOn => [],
        Order.Known { Status: OrderStatus.Cancelled or OrderStatus.Refunded } => OrderRejections.Locked,
        Order.Known => [new OrderDeliveryDateChanged(Id, DeliveryOn)],
        _ => OrderRejections.NotFound,
    };
}

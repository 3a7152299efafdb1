namespace Ledger.Domain.Orders;

/// <summary>Issue the invoice of an order of items, so that it can be paid. Issued already: nothing.</summary>
/// <remarks>Refuses with <c>order_not_found</c>, <c>order_already_paid</c>, <c>order_cancelled</c>, <c>payment_pending</c>, <c>order_without_items</c>.</remarks>
public sealed record InvoiceOrder(OrderId Id, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Order, OrderEvent>(Id.Stream) is not Order.Known order) return OrderRejections.NotFound;
        if (!order.HasItems) return OrderRejections.WithoutItems;
        if (order.Status is OrderStatus.Paid && order.PaymentId is null) return JointDecision.Nothing;
        return order.NotPayable is { } refusal ? refusal : (await OrderInvoice.Issue(states, order, Today)).Decision;
    }
}

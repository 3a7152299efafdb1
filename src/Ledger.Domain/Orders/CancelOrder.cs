using Ledger.Domain.Invoices;

namespace Ledger.Domain.Orders;

/// <summary>Give up an order that was not paid; an invoice of it becomes void. Cancelling again changes nothing.</summary>
/// <remarks>Refuses with <c>order_not_found</c>, <c>order_locked</c> once it is paid, <c>payment_pending</c>, and as <see cref="VoidInvoice"/>.</remarks>
public sealed record CancelOrder(OrderId Id, string? Reason, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Order, OrderEvent>(Id.Stream) is not Order.Known order) return OrderRejections.NotFound;
        if (order.Status is OrderStatus.Cancelled) return JointDecision.Nothing;
        if (order.Locked is { } locked) return locked;
        var decision = await states.OfNew<Invoice, InvoiceEvent>(order.Invoice.Stream) is Invoice.Known
            ? await new VoidInvoice(order.Invoice, Reason, Today).Decide(states)
            : new JointDecision();
        return decision.Rejection is null ? decision.Append(Id.Stream, new OrderCancelled(Id, Today, Reason)) : decision;
    }
}

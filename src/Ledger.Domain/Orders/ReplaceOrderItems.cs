using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Orders;

/// <summary>Say anew what is ordered, at the prices of today. The same items at the same prices change nothing.</summary>
/// <remarks>
/// Refuses with <c>order_not_found</c>, <c>order_locked</c>, <c>payment_pending</c>, <c>order_without_items</c>, <c>order_invoiced</c> once it
/// was tried to be paid, <c>order_items_or_amount</c>, and as <see cref="CreateOrder"/> for the items.
/// </remarks>
public sealed record ReplaceOrderItems(OrderId Id, IReadOnlyList<WantedItem> Items) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Order, OrderEvent>(Id.Stream) is not Order.Known order) return OrderRejections.NotFound;
        if (order.Locked is { } locked) return locked;
        if (!order.HasItems) return OrderRejections.WithoutItems;
        if (await states.OfNew<Invoice, InvoiceEvent>(order.Invoice.Stream) is not Invoice.Unknown) return OrderRejections.Invoiced;
        var (items, rejection) = await WantedItem.Resolve(Items, order.Amount.Currency, states);
        if (rejection is not null) return rejection;
        if (IsSame(items, order.Items)) return JointDecision.Nothing;

        var amount = InvoiceDraft.Of(order.Amount.Currency, items, order.PricesIncludeTax).Total;
        if (amount.Amount <= 0) return OrderRejections.ItemsOrAmount;
        return amount.Amount > WantedItem.TotalMax
            ? SubscriptionRejections.AmountTooLarge
            : new JointDecision().Append(Id.Stream, new OrderItemsReplaced(Id, amount, items));
    }

    /// <summary>Ids of items are new with each request; what they stand for counts.</summary>
    private static bool IsSame(IReadOnlyList<SubscriptionItem> a, IReadOnlyList<SubscriptionItem> b) =>
        a.Select(one => one with { Id = default }).SequenceEqual(b.Select(one => one with { Id = default }));
}

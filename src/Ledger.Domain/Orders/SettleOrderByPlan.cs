using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Orders;

/// <summary>Let a subscription to its items take the place of an order: from today on it is billed, and the order is not.</summary>
/// <remarks>
/// Refuses with <c>order_not_found</c>, <c>order_already_paid</c>, <c>order_locked</c> once it is paid in part, <c>order_cancelled</c>, <c>payment_pending</c>,
/// <c>order_without_items</c>, <c>order_invoiced</c>, and as <see cref="CreateSubscription"/>. Source: rule C-J27.
/// </remarks>
/// <param name="SubscriptionId">Of the subscription that is begun.</param>
public sealed record SettleOrderByPlan(OrderId Id, SubscriptionId SubscriptionId, TenantId Tenant, Frequency Frequency, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Order, OrderEvent>(Id.Stream) is not Order.Known order) return OrderRejections.NotFound;
        if (order.Status is OrderStatus.Cancelled && order.SubscriptionId == SubscriptionId) return JointDecision.Nothing;
        if ((order.NotPayable ?? order.Locked) is { } refusal) return refusal;
        if (!order.HasItems) return OrderRejections.WithoutItems;
        if (await states.OfNew<Invoices.Invoice, Invoices.InvoiceEvent>(order.Invoice.Stream) is not Invoices.Invoice.Unknown) return OrderRejections.Invoiced;

        var wanted = order.Items.Select(one => new WantedItem(
            one.Id, one.ProductVariationId, one.Description, one.Quantity, one.IsPriceFrozen || one.ProductVariationId is null ? one.UnitPrice : null,
            one.IsTaxRateFrozen || one.ProductVariationId is null ? one.TaxRate : null));
        var decision = await new CreateSubscription(
            SubscriptionId, Tenant, order.CustomerId!.Value, Today, Frequency, order.Amount.Currency, [.. wanted], PaymentMethodId: null,
            ExternalId: null, Metadata: null, Today).Decide(states);
        return decision.Rejection is null
            ? decision.Append(Id.Stream, new OrderLinkedToSubscription(Id, SubscriptionId), new OrderCancelled(Id, Today, "plan"))
            : decision;
    }
}

using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Orders;

/// <summary>What a billed period of a subscription delivers: an order of its own, beside the invoice that charges it.</summary>
/// <remarks>Only a subscription that says how it is delivered has orders. It is paid, fails and is refunded with its invoice.</remarks>
internal static class PeriodOrder
{
    /// <summary>Null for a subscription that delivers nothing.</summary>
    public static async ValueTask<OrderCreated?> Of(
        IStates states, Subscription.Known subscription, InvoiceId invoice, IReadOnlyList<SubscriptionItem> items, InvoiceDraft draft, BillingPeriod period,
        LocalDate today)
    {
        if (subscription.DeliveryOptionId is null) return null;
        var id = OrderId.ForPeriod(invoice);
        _ = await states.OfNew<Order, OrderEvent>(id.Stream);
        return new(
            id, draft.Total, draft.PricesIncludeTax, items, today, subscription.CustomerId, DeliveryOn: period.From, SubscriptionId: subscription.Id,
            InvoiceId: invoice);
    }
}

using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Orders;

/// <summary>Take an order: of items at the catalog's prices of today or their own, or of an amount alone. Nothing is owed by it yet.</summary>
/// <remarks>
/// Refuses with <c>order_items_or_amount</c>, <c>order_customer_required</c> for items, <c>customer_not_found</c>,
/// <c>subscription_not_found</c>, <c>product_variation_not_found</c>, <c>product_variation_archived</c>, <c>price_missing</c>,
/// <c>currency_mismatch</c>, <c>amount_too_large</c>, <c>order_external_id_taken</c>. Source: rules ORD-1, ORD-2.
/// </remarks>
/// <param name="Currency">Of the items; null for the tenant's.</param>
/// <param name="Details">Without the customer's and the items' part.</param>
public sealed record CreateOrder(
    OrderId Id, TenantId Tenant, CustomerId? CustomerId, Money? Amount, IReadOnlyList<WantedItem>? Items, Currency? Currency,
    OrderDetails Details, LocalDate Today) : IJointCommand
{
    internal const string ClaimKind = "order.external_id";

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<Order, OrderEvent>(Id.Stream) is not Order.Unknown) return JointDecision.Nothing;
        if (Items is { Count: > 0 } == (Amount is not null) || Amount is { Amount: <= 0 }) return OrderRejections.ItemsOrAmount;
        if (Amount is null && CustomerId is null) return OrderRejections.CustomerRequired;
        if (CustomerId is { } of && await states.Of<Customer, CustomerEvent>(of.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (await Details.Refusal(states, CustomerId) is { } refusal) return refusal;
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;
        var (items, rejection) = await WantedItem.Resolve(Items ?? [], Currency ?? tenant.Currency, states);
        if (rejection is not null) return rejection;

        var amount = Amount ?? InvoiceDraft.Of(Currency ?? tenant.Currency, items, tenant.PricesIncludeTax).Total;
        if (amount.Amount <= 0) return OrderRejections.ItemsOrAmount;
        if (amount.Amount > WantedItem.TotalMax) return SubscriptionRejections.AmountTooLarge;
        var decision = new JointDecision().Append(Id.Stream, new OrderCreated(
            Id, amount, tenant.PricesIncludeTax, items, Today, CustomerId, Details.ReceiverId, Details.IsGift, Details.DeliveryOn,
            Details.SubscriptionId, Details.ExternalId, Details.Metadata));
        return Details.ExternalId is { } name ? decision.Claim(ClaimOf(name, Id)) : decision;
    }

    internal static Claim ClaimOf(string externalId, OrderId order) => new(ClaimKind, externalId, order.Stream, OrderRejections.ExternalIdTaken);
}

/// <summary>What may be said of an order beside what is to be paid.</summary>
public sealed record OrderDetails(
    CustomerId? ReceiverId = null, bool IsGift = false, LocalDate? DeliveryOn = null, SubscriptionId? SubscriptionId = null,
    string? ExternalId = null, IReadOnlyDictionary<string, string>? Metadata = null)
{
    /// <summary>Why somebody or something it names is not there; null when all is.</summary>
    internal async ValueTask<Rejection?> Refusal(IStates states, CustomerId? customer)
    {
        if (ReceiverId is { } receiver && await states.Of<Customer, CustomerEvent>(receiver.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        return SubscriptionId is { } id && await OrderLinks.Refusal(states, id, customer) is { } refusal ? refusal : null;
    }
}

internal static class OrderLinks
{
    /// <summary>An order goes with a subscription of its own customer, and no other.</summary>
    public static async ValueTask<Rejection?> Refusal(IStates states, SubscriptionId id, CustomerId? customer) =>
        await states.Of<Subscription, SubscriptionEvent>(id.Stream) is Subscription.Known found && found.CustomerId == customer ? null : SubscriptionRejections.NotFound;
}

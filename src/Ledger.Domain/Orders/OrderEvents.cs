using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Orders;

/// <summary>What can happen to an order. Stored forever: add cases, never edit them.</summary>
public abstract record OrderEvent : IEvent
{
    private protected OrderEvent() { }
}

/// <param name="Amount">What is to be paid: the items with their tax, or what was asked for without items.</param>
/// <param name="PricesIncludeTax">Whether tax is in the prices of the items, or comes on top.</param>
/// <param name="Items">Empty for an order of an amount alone, which is never invoiced.</param>
/// <param name="CustomerId">Null for a merchant's buyer, whom we do not know.</param>
/// <param name="ReceiverId">Who gets it, where that is another customer.</param>
/// <param name="DeliveryOn">The day it is wanted on, in the tenant's zone.</param>
/// <param name="InvoiceId">The invoice that charges it, where it is of a period of a subscription; null where it gets an invoice of its own.</param>
public sealed record OrderCreated(
    OrderId Id, Money Amount, bool PricesIncludeTax, IReadOnlyList<SubscriptionItem> Items, LocalDate On, CustomerId? CustomerId = null,
    CustomerId? ReceiverId = null, bool IsGift = false, LocalDate? DeliveryOn = null, SubscriptionId? SubscriptionId = null,
    string? ExternalId = null, IReadOnlyDictionary<string, string>? Metadata = null, InvoiceId? InvoiceId = null) : OrderEvent;

/// <summary>All of it from now on, changed or not.</summary>
public sealed record OrderChanged(
    OrderId Id, CustomerId? ReceiverId, bool IsGift, string? ExternalId, IReadOnlyDictionary<string, string>? Metadata) : OrderEvent;

public sealed record OrderItemsReplaced(OrderId Id, Money Amount, IReadOnlyList<SubscriptionItem> Items) : OrderEvent;

public sealed record OrderLinkedToSubscription(OrderId Id, SubscriptionId SubscriptionId) : OrderEvent;

public sealed record OrderDeliveryDateChanged(OrderId Id, LocalDate DeliveryOn) : OrderEvent;

/// <summary>A payment of it is under way: no other is begun before this one has ended.</summary>
public sealed record OrderPaymentBegun(OrderId Id, PaymentId PaymentId, LocalDate On) : OrderEvent;

/// <param name="PaymentId">By which payment; null when the customer's balance paid all of it.</param>
/// <param name="InvoiceId">The invoice that was paid with it; null for an order of an amount alone.</param>
public sealed record OrderPaid(OrderId Id, Money Amount, LocalDate On, PaymentId? PaymentId = null, InvoiceId? InvoiceId = null) : OrderEvent;

/// <summary>Part of it is paid; the rest was not taken, and may be paid later.</summary>
/// <param name="Amount">What this brought.</param>
/// <param name="PaymentId">By which payment; null for the customer's balance.</param>
/// <param name="InvoiceId">The invoice that was paid in part with it; null for an order of an amount alone.</param>
public sealed record OrderPartiallyPaid(OrderId Id, Money Amount, LocalDate On, PaymentId? PaymentId = null, InvoiceId? InvoiceId = null) : OrderEvent;

/// <summary>A payment of it ended without paying it. It may be paid again; one that was paid in part stays so.</summary>
/// <param name="Code">Why: what the payment failed with, or <c>payment_cancelled</c>; before there was a word for it, <c>partly_paid</c>.</param>
public sealed record OrderFailed(OrderId Id, PaymentId PaymentId, string Code, LocalDate On) : OrderEvent;

/// <summary>All that was paid for it has gone back.</summary>
public sealed record OrderRefunded(OrderId Id, RefundId RefundId, LocalDate On) : OrderEvent;

/// <summary>Nothing is to be paid on it any more.</summary>
public sealed record OrderCancelled(OrderId Id, LocalDate On, string? Reason = null) : OrderEvent;

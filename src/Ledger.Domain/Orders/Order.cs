using System.Collections.Immutable;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Orders;

public enum OrderStatus { Created, Paid, Failed, Cancelled, Refunded, PartiallyPaid }

/// <summary>An order, as it stands now.</summary>
public abstract record Order : IState<Order, OrderEvent>
{
    private Order() { }

    public sealed record Unknown : Order;

    /// <param name="Amount">What is to be paid, with tax.</param>
    /// <param name="Items">Empty for an order of an amount alone.</param>
    public sealed record Known(
        OrderId Id, OrderStatus Status, Money Amount, bool PricesIncludeTax, IReadOnlyList<SubscriptionItem> Items, LocalDate OrderedOn,
        CustomerId? CustomerId, CustomerId? ReceiverId, bool IsGift, LocalDate? DeliveryOn, SubscriptionId? SubscriptionId, string? ExternalId,
        IReadOnlyDictionary<string, string>? Metadata) : Order
    {
        /// <summary>The invoice of the subscription's period that it is of; null for an order of its own.</summary>
        public InvoiceId? OfPeriod { get; init; }

        /// <summary>What charges its items, once it is issued.</summary>
        public InvoiceId Invoice => OfPeriod ?? Id.OwnInvoice;

        /// <summary>The payment that has not ended yet.</summary>
        public PaymentId? UnderWay { get; init; }

        /// <summary>The last payment of it: the one that paid it, where one did.</summary>
        public PaymentId? PaymentId { get; init; }

        public string? FailureCode { get; init; }

        /// <summary>What was paid of it.</summary>
        public Money Paid { get; init; } = Money.Zero(Amount.Currency);

        /// <summary>What is left to pay of an order of an amount alone.</summary>
        public Money Rest => Amount - Paid;

        /// <summary>What brought the money.</summary>
        public ImmutableHashSet<PaymentId> PaidBy { get; init; } = [];

        public bool HasItems => Items.Count > 0;

        /// <summary>Created, or failed, which may be paid again, or paid in part, whose rest may be.</summary>
        public bool IsPayable => Status is OrderStatus.Created or OrderStatus.Failed or OrderStatus.PartiallyPaid;

        /// <summary>Why nothing of it can be changed; null when it can. Money was taken for what is paid in part: it is refunded, not cancelled.</summary>
        public Rejection? Locked => !IsPayable || Status is OrderStatus.PartiallyPaid ? OrderRejections.Locked : UnderWay is null ? null : PaymentRejections.Pending;

        /// <summary>Why it cannot be paid; null when it can.</summary>
        public Rejection? NotPayable => Status switch
        {
            OrderStatus.Paid or OrderStatus.Refunded => OrderRejections.AlreadyPaid,
            OrderStatus.Cancelled => OrderRejections.Cancelled,
            _ => UnderWay is null ? null : PaymentRejections.Pending,
        };
    }

    public static Order Initial { get; } = new Unknown();

    public static Order Evolve(Order state, OrderEvent @event) => @event switch
    {
        OrderCreated made => new Known(
            made.Id, OrderStatus.Created, made.Amount, made.PricesIncludeTax, made.Items, made.On, made.CustomerId, made.ReceiverId, made.IsGift,
            made.DeliveryOn, made.SubscriptionId, made.ExternalId, made.Metadata)
        {
            OfPeriod = made.InvoiceId,
        },
        OrderChanged changed => (Known)state with
        {
            ReceiverId = changed.ReceiverId, IsGift = changed.IsGift, ExternalId = changed.ExternalId, Metadata = changed.Metadata,
        },
        OrderItemsReplaced replaced => (Known)state with { Items = replaced.Items, Amount = replaced.Amount },
        OrderLinkedToSubscription linked => (Known)state with { SubscriptionId = linked.SubscriptionId },
        OrderDeliveryDateChanged moved => (Known)state with { DeliveryOn = moved.DeliveryOn },
        OrderPaymentBegun begun => (Known)state with { UnderWay = begun.PaymentId, PaymentId = begun.PaymentId },
        OrderPaid paid => Pay((Known)state, ((Known)state).Amount, paid.PaymentId) with { Status = OrderStatus.Paid, PaymentId = paid.PaymentId },
        OrderPartiallyPaid part => Pay((Known)state, ((Known)state).Paid + part.Amount, part.PaymentId) with
        {
            Status = OrderStatus.PartiallyPaid, PaymentId = part.PaymentId ?? ((Known)state).PaymentId,
        },
        OrderFailed failed => (Known)state with
        {
            Status = ((Known)state).Status is OrderStatus.PartiallyPaid ? OrderStatus.PartiallyPaid : OrderStatus.Failed, UnderWay = null,
            FailureCode = failed.Code,
        },
        OrderRefunded => (Known)state with { Status = OrderStatus.Refunded },
        OrderCancelled => (Known)state with { Status = OrderStatus.Cancelled },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known Pay(Known state, Money paid, PaymentId? by) => state with
    {
        Paid = paid, PaidBy = by is { } payment ? state.PaidBy.Add(payment) : state.PaidBy, UnderWay = null, FailureCode = null,
    };
}

/// <summary>Every "no" an order can say.</summary>
public static class OrderRejections
{
    public static readonly Rejection NotFound = new("order_not_found", RejectionKind.NotFound, "No order has this id.");

    public static readonly Rejection Locked = new("order_locked", RejectionKind.Conflict, "An order that was paid, in whole or in part, or cancelled is not changed any more.");

    public static readonly Rejection AlreadyPaid = new("order_already_paid", RejectionKind.Conflict, "The order has been paid.");

    public static readonly Rejection Cancelled = new("order_cancelled", RejectionKind.Conflict, "The order is cancelled.");

    public static readonly Rejection Invoiced = new(
        "order_invoiced", RejectionKind.Conflict, "The order has its invoice already: what is on it stays. Cancel the order and make another.");

    public static readonly Rejection WithoutItems = new("order_without_items", RejectionKind.Conflict, "The order is of an amount alone, without items.");

    public static readonly Rejection CustomerRequired = new(
        "order_customer_required", RejectionKind.Unprocessable, "This needs an order that has a customer.");

    public static readonly Rejection ItemsOrAmount = new(
        "order_items_or_amount", RejectionKind.Unprocessable, "An order has either items or an amount above zero, exactly one of them.");

    public static readonly Rejection ExternalIdTaken = new(
        "order_external_id_taken", RejectionKind.Conflict, "Another order has this external id.");
}

using Ledger.Api.Subscriptions;
using Ledger.Domain.Amounts;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Projections;
using Ledger.Projections.Orders;

namespace Ledger.Api.Orders;

/// <summary>An order on the wire.</summary>
/// <param name="Amount">What is to be paid, with tax.</param>
/// <param name="Items">Empty for an order of an amount alone.</param>
/// <param name="ReceiverId">Who gets it, where that is another customer.</param>
/// <param name="PaymentId">The last payment of it; absent where there was none, or the customer's balance paid all.</param>
/// <param name="InvoiceId">Of an order of items, which gets it when it is charged first; of a subscription's period, from the beginning.</param>
/// <param name="ConfirmationUrl">Anybody who has it may see how the order stands; told where it is made or read alone.</param>
public sealed record OrderResponse(
    OrderId Id, OrderStatus Status, CustomerId? CustomerId, CustomerId? ReceiverId, SubscriptionId? SubscriptionId, Money Amount,
    IReadOnlyList<ItemResponse> Items, bool Gift, LocalDate OrderedOn, LocalDate? DeliveryDate, PaymentId? PaymentId, InvoiceId? InvoiceId,
    string? FailureCode, string? ExternalId, IReadOnlyDictionary<string, string>? Metadata, string? ConfirmationUrl = null)
{
    /// <summary>What was paid of it.</summary>
    public required Money AmountPaid { get; init; }

    public static OrderResponse From(Order.Known known) => new(
        known.Id, known.Status, known.CustomerId, known.ReceiverId, known.SubscriptionId, known.Amount, [.. known.Items.Select(ItemResponse.From)],
        known.IsGift, known.OrderedOn, known.DeliveryOn, known.PaymentId, InvoiceOf(known.Id, known.OfPeriod, known.HasItems, known.Status), known.FailureCode,
        known.ExternalId, known.Metadata)
    {
        AmountPaid = known.Paid,
    };

    public static OrderResponse From(OrderRow row)
    {
        var items = Json.To<List<SubscriptionItem>>(row.Items) ?? [];
        var status = Enum.Parse<OrderStatus>(row.Status.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
        return new(
            new(row.Id), status, row.CustomerId is { } customer ? new(customer) : null, row.ReceiverId is { } receiver ? new(receiver) : null,
            row.SubscriptionId is { } subscription ? new(subscription) : null, new(row.Amount, Currency.Parse(row.Currency)),
            [.. items.Select(ItemResponse.From)], row.IsGift, row.OrderedOn, row.DeliveryOn, row.PaymentId is { } payment ? new(payment) : null,
            InvoiceOf(new(row.Id), row.OfPeriod is { } invoice ? new(invoice) : null, items.Count > 0, status), row.FailureCode, row.ExternalId, Json.To<Dictionary<string, string>>(row.Metadata))
        {
            AmountPaid = new(row.Paid, Currency.Parse(row.Currency)),
        };
    }

    private static InvoiceId? InvoiceOf(OrderId id, InvoiceId? ofPeriod, bool hasItems, OrderStatus status) =>
        ofPeriod ?? (hasItems && status is (OrderStatus.Paid or OrderStatus.PartiallyPaid or OrderStatus.Failed or OrderStatus.Refunded) ? id.OwnInvoice : null);
}

/// <summary>How an order stands, for whoever has the link: nothing of a person.</summary>
public sealed record OrderConfirmation(OrderId Id, OrderStatus Status, Money Amount, IReadOnlyList<ConfirmedItem> Items, LocalDate OrderedOn, LocalDate? DeliveryDate)
{
    public static OrderConfirmation From(Order.Known known) => new(
        known.Id, known.Status, known.Amount, [.. known.Items.Select(one => new ConfirmedItem(one.Description, one.Quantity))], known.OrderedOn, known.DeliveryOn);
}

public sealed record ConfirmedItem(string Description, long Quantity);

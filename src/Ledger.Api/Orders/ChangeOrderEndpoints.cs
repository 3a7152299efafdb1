using Ledger.Api.Subscriptions;
using Ledger.Domain.Catalog;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Orders;

/// <summary>What is done to an order without moving money.</summary>
internal static class ChangeOrderEndpoints
{
    public static void MapChangeOrders(this IEndpointRouteBuilder orders)
    {
        _ = orders.MapPatch("/{order_id:guid}", Change).Is("updateOrder", "Change who gets an order, or what it is called; what is absent stays.", Who.CustomerOwn)
            .Takes<ChangeRequest>().Produces<OrderResponse>()
            .Rejects(OrderRejections.NotFound, OrderRejections.Locked, PaymentRejections.Pending, CustomerRejections.NotFound, OrderRejections.ExternalIdTaken);
        _ = orders.MapPut("/{order_id:guid}/items", Replace).Is("replaceOrderItems", "Say anew what is ordered, at today's prices.", Who.CustomerOwn)
            .Takes<ItemsRequest>().Produces<OrderResponse>()
            .Rejects(OrderRejections.NotFound, OrderRejections.Locked, PaymentRejections.Pending, OrderRejections.WithoutItems, OrderRejections.Invoiced,
                OrderRejections.ItemsOrAmount, ProductVariationRejections.NotFound, ProductVariationRejections.Archived, SubscriptionRejections.PriceMissing,
                SubscriptionRejections.CurrencyMismatch, SubscriptionRejections.AmountTooLarge);
        _ = orders.MapPut("/{order_id:guid}/delivery-date", Move).Is("changeOrderDeliveryDate", "Say on which day an order is wanted.", Who.CustomerOwn)
            .Takes<DateRequest>().Produces<OrderResponse>().Rejects(OrderRejections.NotFound, OrderRejections.Locked);
        _ = orders.MapPut("/{order_id:guid}/subscription", Link).Is("linkOrderToSubscription", "Say which subscription of its customer an order goes with.", Who.Staff)
            .Takes<LinkRequest>().Produces<OrderResponse>()
            .Rejects(OrderRejections.NotFound, OrderRejections.Locked, PaymentRejections.Pending, SubscriptionRejections.NotFound);
        _ = orders.MapPost("/{order_id:guid}/cancel", Cancel).Is("cancelOrder", "Give up an order that was not paid; an invoice of it becomes void.", Who.CustomerOwn)
            .Takes<CancelRequest>().Produces<OrderResponse>()
            .Rejects(OrderRejections.NotFound, OrderRejections.Locked, PaymentRejections.Pending, InvoiceRejections.PartlyPaid, InvoiceRejections.NotOpen);
    }

    private static async Task<IResult> Change(
        [FromRoute(Name = "order_id")] Guid orderId, Body<ChangeRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        new Check().ExternalId(request.ExternalId).Metadata(request.Metadata).OrRefuse();
        if (request.ReceiverId is { } receiver) _ = call.Only(receiver.Value);
        return await states.Merge<Order.Known, Order, OrderEvent>(call, new OrderId(orderId).Stream, OrderRejections.NotFound, (known, on) => call.Run(
            new ChangeOrder(
                known.Id, request.ReceiverId ?? known.ReceiverId, request.Gift ?? known.IsGift, request.ExternalId ?? known.ExternalId,
                request.Metadata ?? known.Metadata), outcome => Told(outcome, known.Id), ct, on), ct);
    }

    private static Task<IResult> Replace([FromRoute(Name = "order_id")] Guid orderId, Body<ItemsRequest> body, Call call, CancellationToken ct)
    {
        var items = body.Value.Items;
        ItemRequest.CheckAll(Check.That(items is { Count: > 0 }, "/items", "required", "At least one item."), items)
            .And(items?.All(item => item?.Frequency is null) ?? true, "/items", "not_recurring", "An item of an order has no frequency.").OrRefuse();
        return call.Do(new(orderId), new ReplaceOrderItems(new(orderId), [.. items!.Select(one => one.ToWanted())]), ct);
    }

    private static Task<IResult> Move([FromRoute(Name = "order_id")] Guid orderId, Body<DateRequest> body, Call call, CancellationToken ct)
    {
        new Check().DayOfCustomer(call, body.Value.DeliveryDate, "/delivery_date").OrRefuse();
        return call.Run(new ChangeOrderDeliveryDate(new(orderId), body.Value.DeliveryDate),
            outcome => Answer.Ok(OrderResponse.From((Order.Known)outcome.State), outcome.Version), ct);
    }

    private static Task<IResult> Link([FromRoute(Name = "order_id")] Guid orderId, Body<LinkRequest> body, Call call, CancellationToken ct) =>
        call.Do(new(orderId), new LinkOrderToSubscription(new(orderId), body.Value.SubscriptionId), ct);

    private static Task<IResult> Cancel([FromRoute(Name = "order_id")] Guid orderId, Body<CancelRequest> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return call.Do(new(orderId), new CancelOrder(new(orderId), body.Value.Reason, call.Today), ct);
    }

    private static Task<IResult> Do(this Call call, OrderId id, IJointCommand command, CancellationToken ct) => call.Run(command, outcome => Told(outcome, id), ct);

    private static Answer Told(JointOutcome outcome, OrderId id)
    {
        var (state, version) = outcome.Of<Order>(id.Stream);
        return Answer.Ok(OrderResponse.From((Order.Known)state), version);
    }

    internal sealed record ChangeRequest(
        CustomerId? ReceiverId = null, bool? Gift = null, [property: StaffOnly] string? ExternalId = null,
        [property: StaffOnly] IReadOnlyDictionary<string, string>? Metadata = null);

    internal sealed record ItemsRequest(IReadOnlyList<ItemRequest> Items);

    internal sealed record DateRequest(LocalDate DeliveryDate);

    internal sealed record LinkRequest(SubscriptionId SubscriptionId);

    internal sealed record CancelRequest(string? Reason = null);
}

using Ledger.Api.Subscriptions;
using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;
using Ledger.Domain.Customers;
using Ledger.Domain.Orders;
using Ledger.Domain.Subscriptions;

namespace Ledger.Api.Orders;

internal static class CreateOrderEndpoint
{
    public static void MapCreateOrder(this IEndpointRouteBuilder orders) => orders
        .MapPost("/", Create).Is("createOrder", "Take an order, of items or of an amount alone. Nothing is charged yet.", Who.CustomerOwn)
        .Takes<Request>().Produces<OrderResponse>(201).Keyed()
        .Rejects(OrderRejections.ItemsOrAmount, OrderRejections.CustomerRequired, OrderRejections.ExternalIdTaken, CustomerRejections.NotFound,
            SubscriptionRejections.NotFound, ProductVariationRejections.NotFound, ProductVariationRejections.Archived, SubscriptionRejections.PriceMissing,
            SubscriptionRejections.CurrencyMismatch, SubscriptionRejections.AmountTooLarge);

    private static async Task<IResult> Create(Body<Request> body, Call call, SignedLinks links, CancellationToken ct)
    {
        var request = body.Value;
        ItemRequest.CheckAll(new Check().ExternalId(request.ExternalId).Metadata(request.Metadata), request.Items)
            .DayOfCustomer(call, request.DeliveryDate, "/delivery_date")
            .And(request.Items?.All(item => item?.Frequency is null) ?? true, "/items", "not_recurring", "An item of an order has no frequency.").OrRefuse();
        StaffOnlyMembers.Refuse(call, request.Currency is null || request.Currency == call.Caller.Tenant.Currency, "/currency");
        var customer = call.Only(request.CustomerId?.Value) is { } of ? new CustomerId(of) : (CustomerId?)null;
        if (request.ReceiverId is { } receiver) _ = call.Only(receiver.Value);

        var id = new OrderId(call.IdOf("order"));
        var link = await links.Confirmation(call, id, ct);
        var command = new CreateOrder(
            id, call.Caller.Tenant.Id, customer, request.Amount is { } amount ? new Money(amount, request.Currency ?? call.Caller.Tenant.Currency) : null,
            request.Items is { Count: > 0 } items ? [.. items.Select(one => one.ToWanted())] : null,
            request.Currency, new(request.ReceiverId, request.Gift, request.DeliveryDate, request.SubscriptionId, request.ExternalId, request.Metadata), call.Today);
        return await call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<Order>(id.Stream);
            return Answer.Created($"/api/v1/orders/{id.Value}", OrderResponse.From((Order.Known)state) with { ConfirmationUrl = link }, version);
        }, ct);
    }

    /// <param name="CustomerId">Absent for a merchant's buyer; a customer's own where a customer asks.</param>
    /// <param name="Items">Either these or an amount.</param>
    /// <param name="Amount">In the smallest unit of the currency.</param>
    /// <param name="Currency">Absent for the tenant's.</param>
    /// <param name="ReceiverId">Who gets it, where that is another customer.</param>
    internal sealed record Request(
        CustomerId? CustomerId = null, IReadOnlyList<ItemRequest>? Items = null, [property: StaffOnly] long? Amount = null, Currency? Currency = null,
        CustomerId? ReceiverId = null, bool Gift = false, LocalDate? DeliveryDate = null, SubscriptionId? SubscriptionId = null,
        [property: StaffOnly] string? ExternalId = null, [property: StaffOnly] IReadOnlyDictionary<string, string>? Metadata = null);
}

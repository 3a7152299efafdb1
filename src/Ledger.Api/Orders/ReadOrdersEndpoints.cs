using Ledger.Domain.Orders;
using Ledger.Projections;
using Ledger.Projections.Orders;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Orders;

internal static class ReadOrdersEndpoints
{
    public static void MapReadOrders(this IEndpointRouteBuilder orders)
    {
        _ = orders.MapGet("/", List).Is("listOrders", "List orders, newest first; by customer_id, subscription_id, status, from_date and to_date of the order.", Who.CustomerOwn)
            .Lists<OrderResponse>().ReadsEarlier();
        _ = orders.MapGet("/{order_id:guid}", Get).Is("getOrder", "Read an order, as it is now, or as it was at an instant.", Who.CustomerOwn).Reads<OrderResponse>().ReadsEarlier().Rejects(OrderRejections.NotFound);
        _ = orders.MapGet("/{order_id:guid}/confirmation", Confirm)
            .Is("getOrderConfirmation", "How an order stands, for whoever has its signed link.", Who.Public).Produces<OrderConfirmation>().ProducesProblem(404);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, AsOf asOf, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<OrderRow>(call.Tenant, "orders", page.Wanted,
            ListFilters.Orders(
                call.Only(Filter.Id(http, "customer_id")), Filter.Id(http, "subscription_id"), Filter.Word<OrderStatus>(http, "status"),
                Filter.Date(http, "from_date"), Filter.Date(http, "to_date")), row => row.CreatedPosition, asOf.Time, ct);
        return TypedResults.Json(page.Answer(found, OrderResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "order_id")] Guid orderId, Call call, HttpContext http, AsOf asOf, SignedLinks links, CancellationToken ct)
    {
        if (await http.Read<Order, OrderEvent>(call, new OrderId(orderId).Stream, asOf) is not (Order.Known order, var version)) throw new ProblemException(Problem.Of(OrderRejections.NotFound));
        return new AnswerResult(Answer.Ok(OrderResponse.From(order) with { ConfirmationUrl = await links.Confirmation(call, order.Id, ct) }, version));
    }

    private static async Task<IResult> Confirm(
        [FromRoute(Name = "order_id")] Guid orderId, string tenant, string signature, SignedLinks links, StateReader states, CancellationToken ct)
    {
        await links.CheckConfirmation(tenant, new(orderId), signature, ct);
        return await states.Of<Order, OrderEvent>(tenant, new OrderId(orderId).Stream, ct) is Order.Known order
            ? TypedResults.Json(OrderConfirmation.From(order), LedgerJson.Options)
            : throw new ProblemException(Problem.NotFound);
    }
}

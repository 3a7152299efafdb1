using Ledger.Domain.Orders;

namespace Ledger.Api.Orders;

internal static class OrderRoutes
{
    public static void MapOrders(this IEndpointRouteBuilder api)
    {
        var orders = api.MapGroup("/orders").WithTags("Orders");
        orders.MapCreateOrder();
        orders.MapReadOrders();
        orders.MapChangeOrders();
        orders.MapOrderPayments();
    }

    /// <exception cref="ProblemException">The tenant has no such order.</exception>
    public static async Task<(Order.Known Order, long Version)> FindOrder(this StateReader states, Call call, Guid id, CancellationToken ct) =>
        await states.WithVersion<Order, OrderEvent>(call.Tenant, new OrderId(id).Stream, ct) is (Order.Known known, var version)
            ? (known, version)
            : throw new ProblemException(Problem.Of(OrderRejections.NotFound));
}

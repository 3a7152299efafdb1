using Ledger.Application.Customers;
using Ledger.Domain.Customers;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Ledger.Projections.Customers;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Customers;

internal static class DeleteCustomerEndpoint
{
    private static readonly TimeSpan ForViews = TimeSpan.FromSeconds(2);

    public static void MapDeleteCustomer(this IEndpointRouteBuilder customers) => customers
        .MapDelete("/{customer_id:guid}", Delete)
        .Is("deleteCustomer", "Forget a customer with whom nothing is open: all that is personal becomes unreadable, for good.", Who.Admin)
        .Produces(204).Rejects(CustomerRejections.NotFound, CustomerRejections.HasSubscriptions, CustomerRejections.HasOpenBusiness);

    private static async Task<IResult> Delete(
        [FromRoute(Name = "customer_id")] Guid customerId, Call call, CustomerBusiness business, CustomerErasure erasure, ViewProgress views, EventFeed feed,
        CancellationToken ct)
    {
        // What was made a moment ago counts as well.
        _ = await views.WaitFor(await feed.Head(ct), ForViews, ct);
        var things = await business.Of(call.Tenant, new(customerId), ct);
        var answer = await call.Run(new DeleteCustomer(new(customerId), things, call.Now, call.Today), _ => Answer.NoContent, ct,
            context => context with { Keys = [new(customerId, null)], Words = [new(customerId, [])] });
        if (answer is AnswerResult { Status: 204 }) await erasure.Erase(call.Tenant, new(customerId), ct);
        return answer;
    }
}

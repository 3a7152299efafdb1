using Ledger.Api.PaymentMethods;
using Ledger.Domain.Customers;
using Ledger.Workers.Customers;

namespace Ledger.Api.Customers;

internal static class DeleteCustomerEndpoint
{
    public static void MapDeleteCustomer(this IEndpointRouteBuilder customers) => customers
        .MapDelete("/{customer_id:guid}", Delete).Is("deleteCustomer", "Forget a customer: all that is personal becomes unreadable, for good.", Who.Admin)
        .Produces(204).Rejects(CustomerRejections.NotFound, CustomerRejections.HasSubscriptions);

    private static async Task<IResult> Delete(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "customer_id")] Guid id, Call call, WalletAccess access, CustomerErasure erasure,
        CancellationToken ct)
    {
        var subscriptions = await access.SubscriptionsOf(call, new(id), ct);
        var answer = await call.Run(new DeleteCustomer(new(id), subscriptions), _ => Answer.NoContent, ct,
            context => context with { Keys = [new(id, null)], Words = [new(id, [])] });
        if (answer is AnswerResult { Status: 204 }) await erasure.Erase(call.Tenant, new(id), ct);
        return answer;
    }
}

using Ledger.Api.Audit;
using Ledger.Domain.Customers;
using Ledger.Workers.Customers;

namespace Ledger.Api.Customers;

internal static class GetCustomerEndpoint
{
    public static void MapGetCustomer(this IEndpointRouteBuilder customers) => customers
        .MapGet("/{customer_id:guid}", Get).Is("getCustomer", "Read a customer, as it is now.", Who.CustomerOwn)
        .Reads<CustomerResponse>().Rejects(CustomerRejections.NotFound).ShowsPersonalData("customer");

    private static async Task<IResult> Get(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "customer_id")] Guid id, Call call, StateReader states, CustomerSealing sealing, CancellationToken ct)
    {
        var (state, version) = await states.WithVersion<Customer, CustomerEvent>(call.Tenant, new CustomerId(id).Stream, ct);
        if (state is not Customer.Known known) throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        return new AnswerResult(Answer.Ok(CustomerResponse.From(known, await sealing.Open(call.Tenant, known.Id, known.Details, ct), CustomerSights.Of(call.Caller)), version));
    }
}

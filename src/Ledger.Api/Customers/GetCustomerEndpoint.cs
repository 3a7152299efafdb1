using Ledger.Api.Audit;
using Ledger.Application.Customers;
using Ledger.Domain.Customers;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Customers;

internal static class GetCustomerEndpoint
{
    public static void MapGetCustomer(this IEndpointRouteBuilder customers) => customers
        .MapGet("/{customer_id:guid}", Get).Is("getCustomer", "Read a customer, as it is now, or as it was at an instant.", Who.CustomerOwn)
        .Reads<CustomerResponse>().ReadsEarlier().Rejects(CustomerRejections.NotFound).ShowsPersonalData("customer");

    private static async Task<IResult> Get(
        [FromRoute(Name = "customer_id")] Guid customerId, Call call, HttpContext http, AsOf asOf, CustomerSealing sealing, CancellationToken ct)
    {
        var (state, version) = await http.Read<Customer, CustomerEvent>(call, new CustomerId(customerId).Stream, asOf);
        if (state is not Customer.Known known) throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        return new AnswerResult(Answer.Ok(CustomerResponse.From(known, await sealing.Open(call.Tenant, known.Id, known.Details, ct), CustomerSights.Of(call.Caller)), version));
    }
}

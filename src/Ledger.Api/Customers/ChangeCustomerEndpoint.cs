using Ledger.Api.Identity;
using Ledger.Application.Customers;
using Ledger.Domain.Customers;
using Ledger.Identity.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Customers;

internal static class ChangeCustomerEndpoint
{
    public static void MapChangeCustomer(this IEndpointRouteBuilder customers) => customers
        .MapPatch("/{customer_id:guid}", Change).Is("updateCustomer", "Change what is known of a customer; what is absent stays. A customer's own new e-mail address or telephone number counts when confirmAddress has had the code that is sent there.", Who.CustomerOwn)
        .Takes<CustomerRequest>().Produces<CustomerResponse>()
        .Rejects(CustomerRejections.NotFound, CustomerRejections.ExternalIdTaken, CustomerRejections.EmailTaken);

    private static async Task<IResult> Change(
        [FromRoute(Name = "customer_id")] Guid customerId, Body<CustomerRequest> body, Call call, StateReader states, CustomerSealing sealing,
        AddressChange addresses, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse();
        return await states.Merge<Customer.Known, Customer, CustomerEvent>(call, new CustomerId(customerId).Stream, CustomerRejections.NotFound, async (known, on) =>
        {
            var before = await sealing.Open(call.Tenant, known.Id, known.Details, ct);
            var details = request.Over(before with { Metadata = before.Metadata ?? known.Metadata });
            var isOwn = call.Caller.Customer is not null;
            (details, var waiting) = isOwn ? await addresses.HoldBack(call.Caller.Tenant, before, details, ct) : (details, []);
            var personal = await sealing.Again(call.Tenant, known.Id, details, ct);
            var command = new ChangeCustomer(
                known.Id, request.ExternalId ?? known.ExternalId, personal.HasName, personal.Details, personal.EmailToken,
                request.AutoSendInvoices ?? known.AutoSendInvoices, Metadata: null);
            var answer = await call.Run(command, outcome => Answer.Ok(CustomerResponse.From((Customer.Known)outcome.State, details, CustomerSight.Masked), outcome.Version), ct,
                context => on(personal.In(context)));
            if (answer is not AnswerResult { Status: 200 }) return answer;
            foreach (var (channel, address) in waiting)
                await addresses.Ask(call.Caller.Tenant, new(SubjectKind.Customer, customerId), channel, address, isWelcome: false, ct);
            return answer;
        }, ct);
    }
}

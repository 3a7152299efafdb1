using Ledger.Domain.Customers;
using Ledger.Workers.Customers;

namespace Ledger.Api.Customers;

internal static class ChangeCustomerEndpoint
{
    private const int AttemptsMax = 5;

    public static void MapChangeCustomer(this IEndpointRouteBuilder customers) => customers
        .MapPatch("/{customer_id:guid}", Change).Is("updateCustomer", "Change what is known of a customer; what is absent stays.", Who.Staff)
        .Takes<CustomerRequest>().Produces<CustomerResponse>()
        .Rejects(CustomerRejections.NotFound, CustomerRejections.ExternalIdTaken, CustomerRejections.EmailTaken);

    private static async Task<IResult> Change(
        [Microsoft.AspNetCore.Mvc.FromRoute(Name = "customer_id")] Guid id, Body<CustomerRequest> body, Call call, StateReader states,
        CustomerSealing sealing, CancellationToken ct)
    {
        body.Value.OrRefuse();
        for (var attempt = 1; ; attempt++)
        {
            // What is sealed is merged here, so the command stands only on the version that was opened.
            var (state, version) = await states.WithVersion<Customer, CustomerEvent>(call.Tenant, new CustomerId(id).Stream, ct);
            if (state is not Customer.Known known) throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
            try { return await Merge(known, version, body.Value, call, sealing, ct); }
            catch (VersionStaleException) when (call.Context.ExpectedVersion is null && attempt < AttemptsMax) { }
        }
    }

    private static async Task<IResult> Merge(
        Customer.Known known, long version, CustomerRequest request, Call call, CustomerSealing sealing, CancellationToken ct)
    {
        var details = request.Over(await sealing.Open(call.Tenant, known.Id, known.Details, ct));
        var personal = await sealing.Again(call.Tenant, known.Id, details, ct);
        var command = new ChangeCustomer(
            known.Id, request.ExternalId ?? known.ExternalId, personal.HasName, personal.Details, personal.EmailToken,
            request.AutoSendInvoices ?? known.AutoSendInvoices, request.Metadata ?? known.Metadata);
        return await call.Run(command, outcome => Answer.Ok(CustomerResponse.From((Customer.Known)outcome.State, details), outcome.Version), ct,
            context => personal.In(context) with { ExpectedVersion = context.ExpectedVersion ?? version });
    }
}

using Ledger.Application.Customers;
using Ledger.Domain.Customers;

namespace Ledger.Api.Customers;

internal static class CreateCustomerEndpoint
{
    public static void MapCreateCustomer(this IEndpointRouteBuilder customers) => customers
        .MapPost("/", Create).Is("createCustomer", "Take in a customer, by name or by an id of your own.", Who.Staff)
        .Takes<CustomerRequest>().Produces<CustomerResponse>(201).Keyed()
        .Rejects(CustomerRejections.NameOrExternalIdRequired, CustomerRejections.ExternalIdTaken, CustomerRejections.EmailTaken);

    private static async Task<IResult> Create(Body<CustomerRequest> body, Call call, CustomerSealing sealing, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse();
        var id = new CustomerId(Guid.CreateVersion7());
        var details = request.Over(CustomerDetails.None);
        var personal = await sealing.New(call.Tenant, id, details, ct);
        var command = new CreateCustomer(
            id, CustomerHandle.For(id), request.ExternalId, personal.HasName, personal.Details, personal.EmailToken,
            request.AutoSendInvoices ?? false, Metadata: null);

        return await call.Run(command, outcome => Answer.Created(
            $"/api/v1/customers/{id.Value}", CustomerResponse.From((Customer.Known)outcome.State, details, CustomerSight.Masked), outcome.Version), ct,
            context => personal.In(call.About(context, id.Value)));
    }
}

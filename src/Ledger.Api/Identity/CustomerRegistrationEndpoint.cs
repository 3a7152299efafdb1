using Ledger.Api.Customers;
using Ledger.Application.Customers;
using Ledger.Domain.Customers;
using Ledger.Domain.Tenancy;
using Ledger.Identity.Sessions;

namespace Ledger.Api.Identity;

internal static class CustomerRegistrationEndpoint
{
    public static void MapCustomerRegistrations(this IEndpointRouteBuilder api) => api.MapPost("/auth/customer-registrations", Register).WithTags("Identity")
        .Is("registerCustomer", "Become a customer of the tenant of the host name. A code to log in by is sent to the address: it is yours when you log in by it, and until then anybody's.", Who.Public)
        .WithMetadata(new ForVisitors()).AtMost(5).Keyed().Takes<Request>().Produces<Response>(201)
        .Rejects(CustomerRejections.EmailTaken, TenantRejections.NotFound);

    private static async Task<IResult> Register(
        Body<Request> body, Call call, CustomerSealing sealing, People people, AddressChange addresses, CancellationToken ct)
    {
        var request = body.Value;
        new CustomerRequest(FullName: request.FullName, Email: request.Email, PhoneNumber: request.PhoneNumber).OrRefuse();
        Check.That(!string.IsNullOrWhiteSpace(request.FullName), "/full_name", "required", "Say what to call you.").OrRefuse();
        if (call.Caller.Tenant.Id == TenantId.Platform) throw new ProblemException(Problem.Of(TenantRejections.NotFound));
        if (await call.Before(ct) is { } before) return before;

        var id = new CustomerId(Guid.CreateVersion7());
        if (await people.CustomerByEmail(call.Tenant, request.Email, ct) is not null) throw new ProblemException(Problem.Of(CustomerRejections.EmailTaken));
        var details = CustomerDetails.None with { FullName = request.FullName };
        var personal = await sealing.New(call.Tenant, id, details, ct);
        var command = new CreateCustomer(
            id, CustomerHandle.For(id), ExternalId: null, personal.HasName, personal.Details, personal.EmailToken, AutoSendInvoices: false, Metadata: null);
        var answer = await call.Run(command, outcome => Answer.Created(
            $"/api/v1/customers/{id.Value}", new Response(id, ((Customer.Known)outcome.State).CustomerHandle), outcome.Version), ct,
            context => personal.In(call.About(context, id.Value)));
        if (answer is not AnswerResult { Status: 201, IsReplay: false }) return answer;
        var (tenant, subject) = (call.Caller.Tenant, new Subject(SubjectKind.Customer, id.Value));
        await addresses.Ask(tenant, subject, AddressChannel.Email, request.Email, isWelcome: true, ct);
        if (request.PhoneNumber is { } phone) await addresses.Ask(tenant, subject, AddressChannel.Sms, phone, isWelcome: false, ct);
        return answer;
    }

    internal sealed record Request(string FullName, string Email, string? PhoneNumber = null);

    internal sealed record Response(CustomerId Id, string CustomerHandle);
}

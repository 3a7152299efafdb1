using Ledger.Api.Customers;
using Ledger.Domain.Customers;
using Ledger.Domain.Tenancy;
using Ledger.Identity.Sessions;
using Ledger.Workers.Customers;
using Ledger.Workers.People;

namespace Ledger.Api.Identity;

internal static class CustomerRegistrationEndpoint
{
    public static void MapCustomerRegistrations(this IEndpointRouteBuilder api) => api.MapPost("/auth/customer-registrations", Register).WithTags("Identity")
        .Is("registerCustomer", "Become a customer of the tenant of the host name. A code to log in by is sent to the address, which shows that it is theirs.", Who.Public)
        .WithMetadata(new ForVisitors()).AtMost(5).Keyed().Takes<Request>().Produces<Response>(201)
        .Rejects(CustomerRejections.EmailTaken, TenantRejections.NotFound);

    private static async Task<IResult> Register(
        Body<Request> body, Call call, CustomerSealing sealing, People people, OneTimeCodes codes, CodePost post, IClock clock, CancellationToken ct)
    {
        var request = body.Value;
        new CustomerRequest(FullName: request.FullName, Email: request.Email, PhoneNumber: request.PhoneNumber).OrRefuse();
        Check.That(!string.IsNullOrWhiteSpace(request.FullName), "/full_name", "required", "Say what to call you.").OrRefuse();
        if (call.Caller.Tenant.Id == TenantId.Platform) throw new ProblemException(Problem.Of(TenantRejections.NotFound));
        if (await call.Before(ct) is { } before) return before;

        var id = new CustomerId(Guid.CreateVersion7());
        var details = CustomerDetails.None with { FullName = request.FullName, Email = request.Email, PhoneNumber = request.PhoneNumber };
        var personal = await sealing.New(call.Tenant, id, details, ct);
        var command = new CreateCustomer(
            id, CustomerHandle.For(id), ExternalId: null, personal.HasName, personal.Details, personal.EmailToken, AutoSendInvoices: false, Metadata: null);
        var answer = await call.Run(command, outcome => Answer.Created(
            $"/api/v1/customers/{id.Value}", new Response(id, ((Customer.Known)outcome.State).CustomerHandle), outcome.Version), ct,
            context => personal.In(call.About(context, id.Value)));
        if (answer is AnswerResult { Status: 201 }) await SendCode(call, id, request.Email, people, codes, post, clock, ct);
        return answer;
    }

    private static async Task SendCode(Call call, CustomerId id, string email, People people, OneTimeCodes codes, CodePost post, IClock clock, CancellationToken ct)
    {
        var tenant = call.Caller.Tenant;
        var sent = await codes.Make(
            call.Tenant, "login", (await people.KeyOf(call.Tenant, ct)).EmailToken(email), new(SubjectKind.Customer, id.Value),
            tenant.Mode is TenantMode.Sandbox ? LoginCodeEndpoint.SandboxCode : null, clock.GetCurrentInstant(), ct);
        if (sent is not null) post.Send(email, $"Welcome to {tenant.Name}", $"Log in by the code {sent.Code}. It is good for 10 minutes.");
    }

    internal sealed record Request(string FullName, string Email, string? PhoneNumber = null);

    internal sealed record Response(CustomerId Id, string CustomerHandle);
}

using Ledger.Domain.Customers;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;
using Ledger.Workers.Customers;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Identity;

internal static class PasswordResetEndpoints
{
    internal const string Purpose = "password_reset";

    public static void MapPasswordResets(this IEndpointRouteBuilder api)
    {
        _ = api.MapPost("/auth/password-resets", Ask).WithTags("Identity")
            .Is("requestOwnPasswordReset", "Have a link sent by which a password can be set. The answer is the same whether the address is known or not.", Who.Public)
            .AtMost(5).Takes<AskRequest>().Produces(202);
        _ = api.MapPost("/customers/{customer_id:guid}/password-resets", AskFor).WithTags("Identity")
            .Is("requestPasswordReset", "Have a link sent to a customer, by which a password can be set; or a code to log in by, if they have no password.", Who.Staff)
            .Produces(202).Rejects(CustomerRejections.NotFound);
        _ = api.MapPost("/auth/password-reset-confirmations", Confirm).WithTags("Identity")
            .Is("confirmPasswordReset", "Set a password by the token of a link. All sessions end, and so does a lock.", Who.Public)
            .AtMost(5).Takes<ConfirmRequest>().Produces(204);
    }

    private static async Task<IResult> Ask(Body<AskRequest> body, HttpContext http, HostTenants hosts, People people, ResetPost post, CancellationToken ct)
    {
        new Check().Text(body.Value.Email, "/email", 254).OrRefuse();
        var tenant = await hosts.Of(http);
        if (await people.ByEmail(tenant.Id.ToString(), body.Value.Email, ct) is { } subject) await post.Send(tenant, subject, body.Value.Email, ct);
        return TypedResults.StatusCode(202);
    }

    private static async Task<IResult> AskFor(
        [FromRoute(Name = "customer_id")] Guid id, Call call, StateReader states, CustomerSealing sealing, ResetPost post, CancellationToken ct)
    {
        if (await states.Of<Customer, CustomerEvent>(call.Tenant, new CustomerId(id).Stream, ct) is not Customer.Known known)
            throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        if ((await sealing.Open(call.Tenant, known.Id, known.Details, ct)).Email is { } email)
            await post.Send(call.Caller.Tenant, new(SubjectKind.Customer, id), email, ct);
        return TypedResults.StatusCode(202);
    }

    private static async Task<IResult> Confirm(
        Body<ConfirmRequest> body, HttpContext http, HostTenants hosts, OneTimeCodes codes, Logins logins, Sessions sessions, IClock clock, CancellationToken ct)
    {
        new Check().Text(body.Value.Token, "/token", 100)
            .And(Addresses.IsPassword(body.Value.Password), "/password", "password_length", $"From {Logins.LengthMin} to {Logins.LengthMax} characters.").OrRefuse();
        var (tenant, now) = ((await hosts.Of(http)).Id.ToString(), clock.GetCurrentInstant());
        var subject = await codes.CheckLink(tenant, Purpose, body.Value.Token, now, ct) ?? throw new ProblemException(Problem.WrongCredentials);
        await logins.Set(tenant, subject.Id, body.Value.Password, now, ct);
        _ = await sessions.EndAll(tenant, subject.Id, "password_changed", now, ct);
        return TypedResults.NoContent();
    }

    internal sealed record AskRequest(string Email);

    internal sealed record ConfirmRequest(string Token, string Password);
}

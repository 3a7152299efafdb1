using Ledger.Api.Audit;
using Ledger.Domain.Customers;
using Ledger.Identity.Logins;
using Ledger.Identity.Sessions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Identity;

internal static class PasswordResetEndpoints
{
    private const int AsksPerMinute = 30;

    public static void MapPasswordResets(this IEndpointRouteBuilder api)
    {
        _ = api.MapPost("/auth/password-resets", Ask).WithTags("Identity")
            .Is("requestOwnPasswordReset", "Have a link sent by which a password can be set. The answer is the same whether the address is known or not.", Who.Public)
            .AtMost(5).Takes<AskRequest>().Produces(202);
        _ = api.MapPost("/customers/{customer_id:guid}/password-resets", AskFor).WithTags("Identity")
            .Is("requestPasswordReset", "Have a link sent to a customer, by which a password can be set; or a code to log in by, if they have no password.", Who.Staff)
            .AtMost(AsksPerMinute, alsoKeys: true).Produces(202).Rejects(CustomerRejections.NotFound);
        _ = api.MapPost("/auth/password-reset-confirmations", Confirm).WithTags("Identity")
            .Is("confirmPasswordReset", "Set a password by the token of a link. All sessions end, and so does a lock.", Who.Public)
            .AtMost(5).Takes<ConfirmRequest>().Produces(204);
    }

    private static async Task<IResult> Ask(Body<AskRequest> body, HttpContext http, HostTenants hosts, People people, SentCodes codes, CancellationToken ct)
    {
        new Check().Text(body.Value.Email, "/email", 254).OrRefuse();
        var tenant = await hosts.Of(http);
        var owner = await people.Find(tenant, AddressChannel.Email, body.Value.Email, ct);
        var trail = IdentityTrail.Of(http);
        trail.Begin(IdentityAction.PasswordResetRequest);
        trail.IsAbout(tenant.Id.ToString(), owner?.Subject);
        if (owner is not null) await codes.SendReset(tenant, owner, ct);
        return TypedResults.StatusCode(202);
    }

    private static async Task<IResult> AskFor(
        [FromRoute(Name = "customer_id")] Guid customerId, Call call, StateReader states, People people, SentCodes codes, CancellationToken ct)
    {
        if (await states.Of<Customer, CustomerEvent>(call.Tenant, new CustomerId(customerId).Stream, ct) is not Customer.Known)
            throw new ProblemException(Problem.Of(CustomerRejections.NotFound));
        if (await people.Stored(call.Caller.Tenant, new(SubjectKind.Customer, customerId), AddressChannel.Email, ct) is { } owner)
            await codes.SendReset(call.Caller.Tenant, owner, ct);
        return TypedResults.StatusCode(202);
    }

    private static async Task<IResult> Confirm(
        Body<ConfirmRequest> body, HttpContext http, HostTenants hosts, People people, OneTimeCodes codes, Logins logins, Sessions sessions, SignedInCallers callers,
        IClock clock, CancellationToken ct)
    {
        new Check().Text(body.Value.Token, "/token", 100)
            .Password(body.Value.Password, "/password").OrRefuse();
        var (known, now) = (await hosts.Of(http), clock.GetCurrentInstant());
        var tenant = known.Id.ToString();
        var trail = IdentityTrail.Of(http);
        trail.Begin(IdentityAction.PasswordChange);
        trail.IsAbout(tenant, null);
        var sent = await codes.CheckLink(tenant, SentCodes.PasswordReset, body.Value.Token, now, ct) ?? throw new ProblemException(Problem.WrongCredentials);
        var subject = sent.Subject;
        trail.IsAbout(tenant, subject);
        if (!await people.IsReached(known, subject, sent.Address, ct)) throw new ProblemException(Problem.WrongCredentials);
        await logins.Set(tenant, subject.Id, body.Value.Password, now, ct);
        foreach (var ended in await sessions.EndOthers(tenant, subject.Id, null, "password_changed", now, ct)) callers.Forget(ended);
        return TypedResults.NoContent();
    }

    internal sealed record AskRequest(string Email);

    internal sealed record ConfirmRequest(string Token, string Password);
}

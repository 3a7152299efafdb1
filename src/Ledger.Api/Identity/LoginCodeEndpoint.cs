using Ledger.Domain.Tenancy;
using Ledger.EventStore.Database;
using Ledger.Identity.Sessions;

namespace Ledger.Api.Identity;

internal static class LoginCodeEndpoint
{
    /// <summary>Source: rule C-J12.</summary>
    public const string SandboxCode = "1337";

    public static void MapLoginCodes(this IEndpointRouteBuilder auth) => auth.MapPost("/login-codes", Ask).WithTags("Identity")
        .Is("requestLoginCode", "Have a code, and by mail a link too, sent to log in by. The answer is the same whether the address is known or not.", Who.Public)
        .AtMost(5).Takes<Request>().Produces<Response>(202);

    private static async Task<IResult> Ask(
        Body<Request> body, HttpContext http, HostTenants hosts, People people, OneTimeCodes codes, CodePost post, LedgerDatabase database, IClock clock, CancellationToken ct)
    {
        var (channel, phone, email) = body.Value;
        new Check().Text(email, "/email", 254).Text(phone, "/phone_number", 40)
            .And(channel is LoginChannel.Email ? email is not null && phone is null : phone is not null && email is null, "/channel", "required",
                "The channel email needs email, the channel sms needs phone_number.")
            .And(phone is null || phone.Any(char.IsAsciiDigit), "/phone_number", "not_a_number", "A telephone number has digits.").OrRefuse();
        var tenant = await hosts.Of(http);
        var name = tenant.Id.ToString();
        if (await LoginAddress.Owner(people, database, name, email, phone, ct) is { } subject)
        {
            var sent = await codes.Make(
                name, "login", await LoginAddress.Hash(people, name, email, phone, ct), subject,
                tenant.Mode is TenantMode.Sandbox ? SandboxCode : null, clock.GetCurrentInstant(), ct);
            if (sent is not null)
                post.Send(email ?? phone!, $"{tenant.Name}: your code", email is null
                    ? $"{sent.Code} is your code for {tenant.Name}. It is good for 10 minutes."
                    : $"Your code for {tenant.Name} is {sent.Code}.\nOr log in by this token: {sent.Link}\nBoth are good for 10 minutes, once.");
        }

        return TypedResults.Json(new Response(channel, (int)OneTimeCodes.GoodFor.TotalSeconds), LedgerJson.Options, statusCode: 202);
    }

    public sealed record Request(LoginChannel Channel, string? PhoneNumber = null, string? Email = null);

    public sealed record Response(LoginChannel Channel, int ExpiresIn);
}

public enum LoginChannel { Sms, Email }

using Ledger.Identity.Sessions;

namespace Ledger.Api.Identity;

internal static class LoginCodeEndpoint
{
    public static void MapLoginCodes(this IEndpointRouteBuilder auth) => auth.MapPost("/login-codes", Ask).WithTags("Identity")
        .Is("requestLoginCode", "Have a code, and by mail a link too, sent to log in by. The answer is the same whether the address is known or not.", Who.Public)
        .AtMost(5).Takes<Request>().Produces<Response>(202);

    private static async Task<IResult> Ask(Body<Request> body, HttpContext http, HostTenants hosts, People people, SentCodes codes, AddressChange addresses,
        CancellationToken ct)
    {
        var (channel, phone, email) = body.Value;
        new Check().Text(email, "/email", 254).Text(phone, "/phone_number", 40)
            .And(channel is AddressChannel.Email ? email is not null && phone is null : phone is not null && email is null, "/channel", "required",
                "The channel email needs email, the channel sms needs phone_number.")
            .And(phone is null || phone.Any(char.IsAsciiDigit), "/phone_number", "not_a_number", "A telephone number has digits.").OrRefuse();
        var tenant = await hosts.Of(http);
        if (await people.Find(tenant, channel, email ?? phone!, ct) is { } owner) await codes.SendLogin(tenant, owner, ct);
        else await addresses.WelcomeAgain(tenant, channel, email ?? phone!, ct);
        return TypedResults.Json(new Response(channel, (int)OneTimeCodes.GoodFor.TotalSeconds), LedgerJson.Options, statusCode: 202);
    }

    public sealed record Request(AddressChannel Channel, string? PhoneNumber = null, string? Email = null);

    public sealed record Response(AddressChannel Channel, int ExpiresIn);
}

using Ledger.Api.Audit;
using Ledger.Domain.Customers;
using Ledger.Identity.Sessions;

namespace Ledger.Api.Identity;

internal static class AddressConfirmationEndpoints
{
    private const int PerMinute = 5;

    public static void MapAddressConfirmations(this IEndpointRouteBuilder auth)
    {
        var confirmations = auth.MapGroup("/address-confirmations").WithTags("Identity");
        _ = confirmations.MapPost("", Confirm)
            .Is("confirmAddress", "Show by the code that was sent there that a new e-mail address or telephone number is yours: it counts from now on, and all other sessions end.", Who.SignedIn)
            .AtMost(PerMinute).Takes<ConfirmRequest>().Produces(204).Rejects(CustomerRejections.EmailTaken, CustomerRejections.NotFound);
        _ = confirmations.MapPost("/codes", Ask)
            .Is("requestAddressCode", "Have another code sent to the address or number that waits to be shown.", Who.SignedIn)
            .AtMost(PerMinute).Takes<AskRequest>().Produces(202);
    }

    private static async Task<IResult> Confirm(Body<ConfirmRequest> body, HttpContext http, Call call, AddressChange addresses, CancellationToken ct)
    {
        new Check().Text(body.Value.Code, "/code", 10).OrRefuse();
        var trail = IdentityTrail.Of(http);
        trail.Begin(IdentityAction.AddressChange);
        trail.IsAbout(call.Tenant, Self(call));
        await addresses.Confirm(call.Caller.Tenant, Self(call), body.Value.Channel, body.Value.Code, call.Caller.Session, ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> Ask(Body<AskRequest> body, Call call, AddressChange addresses, CancellationToken ct)
    {
        _ = await addresses.AskAgain(call.Caller.Tenant, Self(call), body.Value.Channel, ct);
        return TypedResults.StatusCode(202);
    }

    private static Subject Self(Call call) => new(call.Caller.Customer is null ? SubjectKind.User : SubjectKind.Customer, call.Caller.Id);

    internal sealed record ConfirmRequest(string Code, AddressChannel Channel = AddressChannel.Email);

    internal sealed record AskRequest(AddressChannel Channel = AddressChannel.Email);
}

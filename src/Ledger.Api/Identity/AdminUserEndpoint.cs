using Ledger.Application.People;
using Ledger.Domain.People;

namespace Ledger.Api.Identity;

internal static class AdminUserEndpoint
{
    public static void MapAdminUsers(this IEndpointRouteBuilder api) => api.MapPost("/admin-users", Create).WithTags("Identity")
        .Is("createAdminUser", "Take in another who looks after tenants. The first is made on the command line.", Who.PlatformAdmin)
        .Keyed().Takes<UserRequest>().Produces<UserResponse>(201).Rejects(UserRejections.EmailTaken);

    private static Task<IResult> Create(Body<UserRequest> body, Call call, Registration registration, CancellationToken ct)
    {
        body.Value.OrRefuse();
        return NewUsers.Take(call, registration, UserRole.PlatformAdmin, body.Value, ct);
    }
}

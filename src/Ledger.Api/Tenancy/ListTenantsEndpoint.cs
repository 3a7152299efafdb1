using Ledger.Projections;
using Ledger.Projections.Tenancy;

namespace Ledger.Api.Tenancy;

internal static class ListTenantsEndpoint
{
    private const string View = "tenants";

    public static void MapListTenants(this IEndpointRouteBuilder tenants) => tenants
        .MapGet("", List).Is("listTenants", "Every tenant, newest first, for who looks after them; everybody else sees their own alone.", Who.StaffOrPlatform)
        .Lists<TenantLineResponse>();

    private static async Task<IResult> List(Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = call.Caller.Role is CallerRole.PlatformAdmin
            ? await listing.ReadOfAll<TenantRow>(View, page.Wanted, row => row.CreatedPosition, ct)
            : await listing.Read<TenantRow>(call.Tenant, View, page.Wanted, [], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, TenantLineResponse.From), LedgerJson.Options);
    }
}

using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class GetTenantEndpoint
{
    public static void MapGetTenant(this IEndpointRouteBuilder tenants)
    {
        _ = tenants.MapGet("/{tenant_id}", Get)
            .Is("getTenant", "Read the caller's tenant; 'current' stands for its id. Who looks after tenants reads any.", Who.StaffOrPlatform)
            .Reads<TenantResponse>().Rejects(TenantRejections.NotFound);
        _ = tenants.MapGet("/{tenant_id}/settings", Get).Is("getTenantSettings", "Read the tenant's settings.", Who.Admin)
            .Reads<TenantResponse>().Rejects(TenantRejections.NotFound);
    }

    private static async Task<IResult> Get([FromRoute(Name = "tenant_id")] string tenantId, Call call, TenantPath path, StateReader states, CancellationToken ct)
    {
        var tenant = await path.Seen(tenantId, call, ct);
        var (state, version) = await states.WithVersion<Tenant, TenantEvent>(tenant.Id.ToString(), tenant.Id.Stream, ct);
        return new AnswerResult(Answer.Ok(TenantResponse.From((Tenant.Known)state), version));
    }
}

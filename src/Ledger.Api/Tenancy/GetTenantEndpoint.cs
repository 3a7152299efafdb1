using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class GetTenantEndpoint
{
    public static void MapGetTenant(this IEndpointRouteBuilder tenants)
    {
        _ = tenants.MapGet("/{tenant_id}", Get).Is("getTenant", "Read the tenant of this key; 'current' stands for its id.", Who.Staff)
            .Reads<TenantResponse>().Rejects(TenantRejections.NotFound);
        _ = tenants.MapGet("/{tenant_id}/settings", Get).Is("getTenantSettings", "Read the tenant's settings.", Who.Admin)
            .Reads<TenantResponse>().Rejects(TenantRejections.NotFound);
    }

    private static async Task<IResult> Get([FromRoute(Name = "tenant_id")] string id, Call call, StateReader states, CancellationToken ct)
    {
        var tenant = TenantPath.Resolve(id, call);
        var (state, version) = await states.WithVersion<Tenant, TenantEvent>(call.Tenant, tenant.Id.Stream, ct);
        return new AnswerResult(Answer.Ok(TenantResponse.From((Tenant.Known)state), version));
    }
}

using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class ListBillingFrequenciesEndpoint
{
    public static void MapListBillingFrequencies(this IEndpointRouteBuilder tenants) => tenants
        .MapGet("/{tenant_id}/billing-frequencies", List)
        .Is("listBillingFrequencies", "How often a tenant's subscriptions can be billed; 'current' is the caller's, or that of the host name.", Who.Public)
        .Reads<FrequenciesResponse>().Rejects(TenantRejections.NotFound);

    private static async Task<IResult> List([FromRoute(Name = "tenant_id")] string tenantId, HttpContext http, TenantPath path) =>
        TypedResults.Json(new FrequenciesResponse((await path.Public(tenantId, http)).BillingFrequencies), LedgerJson.Options);
}

public sealed record FrequenciesResponse(IReadOnlyList<Frequency> Data);

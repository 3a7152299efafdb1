using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class ListBillingFrequenciesEndpoint
{
    public static void MapListBillingFrequencies(this IEndpointRouteBuilder tenants) => tenants
        .MapGet("/{tenant_id}/billing-frequencies", List).Is("listBillingFrequencies", "How often the tenant's subscriptions can be billed.", Who.Staff)
        .Reads<FrequenciesResponse>().Rejects(TenantRejections.NotFound);

    private static Microsoft.AspNetCore.Http.HttpResults.JsonHttpResult<FrequenciesResponse> List([FromRoute(Name = "tenant_id")] string id, Call call) =>
        TypedResults.Json(new FrequenciesResponse(TenantPath.Resolve(id, call).BillingFrequencies), LedgerJson.Options);
}

public sealed record FrequenciesResponse(IReadOnlyList<Frequency> Data);

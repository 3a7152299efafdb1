using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class ChangeTenantSettingsEndpoint
{
    private const int FrequenciesMax = 20;

    public static void MapChangeTenantSettings(this IEndpointRouteBuilder tenants) => tenants
        .MapPatch("/{tenant_id}/settings", Change).Is("updateTenantSettings", "Change the tenant's settings; what is absent stays.", Who.Admin)
        .Takes<Request>().Produces<TenantResponse>().Rejects(TenantRejections.NotFound);

    private static async Task<IResult> Change([FromRoute(Name = "tenant_id")] string id, Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Name, "/name", 100)
            .And(request.BillingFrequencies is null or { Count: >= 1 and <= FrequenciesMax }, "/billing_frequencies", "out_of_range", $"From 1 to {FrequenciesMax}.").OrRefuse();
        var command = new ChangeTenantSettings(
            TenantPath.Resolve(id, call).Id, request.Name, request.Currency, request.TimeZone, request.PricesIncludeTax, request.BillingFrequencies);
        return await call.Run(command, outcome => Answer.Ok(TenantResponse.From((Tenant.Known)outcome.State), outcome.Version), ct);
    }

    internal sealed record Request(
        string? Name = null, Currency? Currency = null, DateTimeZone? TimeZone = null, bool? PricesIncludeTax = null,
        IReadOnlyList<Frequency>? BillingFrequencies = null);
}

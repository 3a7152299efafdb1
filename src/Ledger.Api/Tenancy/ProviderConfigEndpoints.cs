using Ledger.Application.Tenancy;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.Events;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class ProviderConfigEndpoints
{
    private static readonly IReadOnlyDictionary<string, ProviderName> Providers =
        Enum.GetValues<ProviderName>().ToDictionary(one => EventTypes.SnakeCase(one.ToString()));

    public static void MapProviderConfigs(this IEndpointRouteBuilder tenants)
    {
        _ = tenants.MapGet("/{tenant_id}/provider-configs", List)
            .Is("listProviderConfigs", "The payment providers that know the tenant, and which secrets are set. Their text is not shown again.", Who.Admin)
            .Produces<ProviderConfigsResponse>().Rejects(TenantRejections.NotFound);
        _ = tenants.MapPut("/{tenant_id}/provider-configs/{provider}", Set)
            .Is("setProviderConfig", "Say by which secrets a payment provider knows the tenant. They take the place of all that were set before.", Who.Admin)
            .Takes<ProviderConfigRequest>().Produces<ProviderConfigResponse>().Rejects(TenantRejections.NotFound);
    }

    private static async Task<IResult> List([FromRoute(Name = "tenant_id")] string tenantId, Call call, ProviderConfigs configs, CancellationToken ct)
    {
        var tenant = TenantPath.Resolve(tenantId, call).Id;
        var found = new List<ProviderConfigResponse>();
        foreach (var provider in Providers.Values)
            if (await configs.Find(tenant, provider, ct) is { } secrets) found.Add(ProviderConfigResponse.From(provider, secrets));
        return TypedResults.Json(new ProviderConfigsResponse(found), LedgerJson.Options);
    }

    private static async Task<IResult> Set(
        [FromRoute(Name = "tenant_id")] string tenantId, string provider, Body<ProviderConfigRequest> body, Call call, ProviderConfigs configs, CancellationToken ct)
    {
        var tenant = TenantPath.Resolve(tenantId, call).Id;
        Check.That(Providers.TryGetValue(provider, out var named), "provider", "unknown_value", $"One of {string.Join(", ", Providers.Keys)}.").OrRefuse();
        body.Value.OrRefuse();
        var secrets = body.Value.Secrets;
        var command = await configs.Command(tenant, named, secrets, ct);
        return await call.Run(command, outcome => Answer.Ok(ProviderConfigResponse.From(named, secrets), outcome.Version), ct);
    }
}

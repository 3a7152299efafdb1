using Ledger.Domain.Amounts;
using Ledger.Domain.Loyalty;
using Ledger.Domain.Tenancy;
using Ledger.Gateways.Outgoing;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Tenancy;

internal static class ChangeTenantSettingsEndpoint
{
    private const int RateMin = 1_000, RateMax = 10_000_000;

    public static void MapChangeTenantSettings(this IEndpointRouteBuilder tenants) => tenants
        .MapPatch("/{tenant_id}/settings", Change).Is("updateTenantSettings", "Change the tenant's settings; what is absent stays.", Who.Admin)
        .Takes<Request>().Produces<TenantResponse>().Rejects(TenantRejections.NotFound, TenantRejections.HostNameTaken, TenantRejections.HostNameNotProved);

    private static async Task<IResult> Change([FromRoute(Name = "tenant_id")] string tenantId, Body<Request> body, Call call, PlatformHosts own, IHostNameProof proof, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Name, "/name", 100).Frequencies(request.BillingFrequencies)
            .And(request.HostNames is null or { Count: <= HostName.PerTenantMax }, "/host_names", "too_many", $"At most {HostName.PerTenantMax}.")
            .And(request.HostNames?.All(name => name is not null && HostName.IsGood(name)) != false, "/host_names", "not_a_host_name", "DNS names in lower case, as bills.example.org.")
            .And(request.CorsOrigins is null or { Count: <= WebOrigin.PerTenantMax }, "/cors_origins", "too_many", $"At most {WebOrigin.PerTenantMax}.")
            .And(request.CorsOrigins?.All(origin => origin is not null && WebOrigin.IsGood(origin)) != false, "/cors_origins", "not_an_origin", "As https://shop.example, in lower case and with nothing after it; http at localhost alone.")
            .And(request.RateLimitPerMinute is null or (>= RateMin and <= RateMax), "/rate_limit_per_minute", "out_of_range", $"From {RateMin} to {RateMax}.")
            .And(request.LoyaltyPointsPerUnit is null or (>= 0 and <= PointsRate.PerUnitMax), "/loyalty_points_per_unit", "out_of_range", $"From 0 to {PointsRate.PerUnitMax}.").OrRefuse();
        if (request.HostNames?.Any(own.Has) is true) throw new ProblemException(Problem.Of(TenantRejections.HostNameTaken));
        var tenant = TenantPath.Resolve(tenantId, call);
        foreach (var name in (request.HostNames ?? []).Except(tenant.HostNames))
        {
            if (await proof.IsProved(name, tenant.Id.ToString(), ct)) continue;
            throw new ProblemException(Problem.Of(TenantRejections.HostNameNotProved.With(
                $"Put a TXT record \"{HostNameRecord.TextFor(tenant.Id.ToString())}\" at {HostNameRecord.NameFor(name)}, and ask again.")));
        }

        var command = new ChangeTenantSettings(
            tenant.Id, request.Name, request.Currency, request.TimeZone, request.PricesIncludeTax, request.BillingFrequencies,
            request.HostNames, request.RateLimitPerMinute, request.CorsOrigins, request.LoyaltyPointsPerUnit, request.CouponsStack);
        return await call.Run(command, outcome => Answer.Ok(TenantResponse.From((Tenant.Known)outcome.State), outcome.Version), ct);
    }

    /// <param name="HostNames">All names from now on under which the tenant is found; none for an empty list.</param>
    /// <param name="RateLimitPerMinute">How often each API key may ask for one operation.</param>
    /// <param name="CorsOrigins">All origins from now on whose pages may call from browsers.</param>
    /// <param name="LoyaltyPointsPerUnit">Points for each whole unit of a currency that a customer pays; 0 for none.</param>
    /// <param name="CouponsStack">Whether several coupons, five at most, may reduce one charge.</param>
    internal sealed record Request(
        string? Name = null, Currency? Currency = null, DateTimeZone? TimeZone = null, bool? PricesIncludeTax = null,
        IReadOnlyList<Frequency>? BillingFrequencies = null, IReadOnlyList<string>? HostNames = null, int? RateLimitPerMinute = null,
        IReadOnlyList<string>? CorsOrigins = null, int? LoyaltyPointsPerUnit = null, bool? CouponsStack = null);
}

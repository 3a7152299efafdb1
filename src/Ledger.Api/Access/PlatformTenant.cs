using Ledger.Application.Tenancy;
using Ledger.Domain.Amounts;
using Ledger.Domain.Tenancy;

namespace Ledger.Api.Access;

/// <summary>The platform in the place of a tenant. It sells nothing; its users look after those who do.</summary>
internal static class PlatformTenant
{
    public static readonly string Name = TenantId.Platform.ToString();

    private static readonly Tenant.Known Self = new(
        TenantId.Platform, "Platform", TenantMode.Live, Currency.Parse("USD"), DateTimeZone.Utc, PricesIncludeTax: true, [], DunningSettings.Default);

    /// <summary>A tenant, or the platform; null when there is no such tenant.</summary>
    public static async ValueTask<Tenant.Known?> Find(Tenants tenants, string name, CancellationToken ct) =>
        name == Name ? Self : await tenants.Find(name, ct);
}

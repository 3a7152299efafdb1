namespace Ledger.Api.Tenancy;

internal static class TenantRoutes
{
    public static void MapTenants(this IEndpointRouteBuilder api)
    {
        var tenants = api.MapGroup("/tenants").WithTags("Tenancy");
        tenants.MapCreateTenant();
        tenants.MapListTenants();
        tenants.MapGetTenant();
        tenants.MapChangeTenantSettings();
        tenants.MapDunningConfig();
        tenants.MapDocumentSettings();
        tenants.MapListBillingFrequencies();
        tenants.MapBranding();
        tenants.MapLogo();
        tenants.MapProviderConfigs();
    }
}

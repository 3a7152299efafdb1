namespace Ledger.Api.Identity;

internal static class IdentityRoutes
{
    public static void MapIdentity(this IEndpointRouteBuilder api)
    {
        var auth = api.MapGroup("/auth");
        auth.MapLoginCodes();
        auth.MapSessions();
        auth.MapAddressConfirmations();
        api.MapPasswordResets();
        api.MapCustomerRegistrations();
        api.MapMerchantRegistrations();
        api.MapOutsideIssuers();
        api.MapUsers();
        api.MapAdminUsers();
        api.MapApiKeys();
    }
}

namespace Ledger.Api.Classes;

internal static class ClassRoutes
{
    public static void MapClasses(this IEndpointRouteBuilder api)
    {
        api.MapClassPackages();
        api.MapClassSessions();
        api.MapClassCredits();
        api.MapIntakeProfiles();
    }
}

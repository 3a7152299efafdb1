namespace Ledger.Api.Audit;

internal static class AuditRoutes
{
    public static void MapAuditLogs(this IEndpointRouteBuilder api)
    {
        var logs = api.MapGroup("/audit-logs").WithTags("Audit");
        logs.MapListAuditLogs();
        logs.MapGetAuditLog();
        logs.MapGetAuditProof();
    }
}

namespace Ledger.Api.Reports;

internal static class ReportRoutes
{
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        reports.MapMrr();
    }
}

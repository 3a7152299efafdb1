using Ledger.Domain.People;
using Ledger.Projections.Reports;

namespace Ledger.Api.Reports;

internal static class DashboardEndpoint
{
    public static void MapDashboard(this IEndpointRouteBuilder reports) => reports
        .MapGet("/dashboard", Get).Is("getDashboard", "What staff see first; money for those who may see reports about it.", Who.Staff)
        .Reads<DashboardFigures>().WithMetadata(new OfSomeTime());

    private static async Task<IResult> Get(HttpContext http, Call call, AsOf asOf, StatsReports report, CancellationToken ct)
    {
        var figures = await report.Dashboard(call.Tenant, asOf.Time, ct);
        return ReportRoutes.Answer(http, call.Caller.May(Permission.ViewFinancialReports) ? figures : figures with { Mrr = null, Open = null }, "dashboard");
    }
}

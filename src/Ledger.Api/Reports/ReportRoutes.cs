using Ledger.Api.Audit;
using Ledger.Projections.Reports;

namespace Ledger.Api.Reports;

/// <summary>Every report: as JSON, or as a table with <c>Accept: text/csv</c>. What each is made of stands in <c>docs/reports.md</c>.</summary>
internal static class ReportRoutes
{
    public static void MapReports(this IEndpointRouteBuilder api)
    {
        var reports = api.MapGroup("/reports").WithTags("Reports");
        var mapping = new Mapping(reports);
        foreach (var report in AllReports.All) report.Give(mapping);
        reports.MapDashboard();
        reports.MapPlatformStats();
        api.MapPortalSessions();
    }

    private sealed class Mapping(RouteGroupBuilder reports) : IReportTaker
    {
        public void Take<TAnswer, TReport>(ReportKind<TAnswer, TReport> report) where TAnswer : notnull where TReport : notnull => reports
            .MapGet($"/{report.Name}", async (HttpContext http, ReportAsked of, CancellationToken ct) =>
                Answer(http, await report.Of(of.Wanted, http.RequestServices.GetRequiredService<TReport>(), ct), report.Name))
            .Is(report.Operation, report.Summary, Who.Admin).Reads<TAnswer>().WithMetadata(new OfSomeTime());
    }

    /// <summary>In the form that was asked for.</summary>
    internal static IResult Answer<TAnswer>(HttpContext http, TAnswer report, string name) where TAnswer : notnull =>
        TrailCsv.IsAsked(http) ? new ReportCsv(report, name) : TypedResults.Json(report, LedgerJson.Options);
}

/// <summary>Marks what can be asked for as of another time, and of a span of days.</summary>
internal sealed record OfSomeTime;

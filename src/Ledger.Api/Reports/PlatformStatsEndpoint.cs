using Ledger.Domain.Tenancy;
using Ledger.Projections.Reports;

namespace Ledger.Api.Reports;

internal static class PlatformStatsEndpoint
{
    public static void MapPlatformStats(this IEndpointRouteBuilder reports) => reports
        .MapGet("/platform-stats", Get).Is("getPlatformStats", "Orders, payments and refunds of all tenants, or of one by tenant_id.", Who.PlatformAdmin)
        .Reads<PlatformStats>().Rejects(TenantRejections.NotFound).WithMetadata(new OfSomeTime());

    private static async Task<IResult> Get(
        HttpContext http, Call call, AsOf asOf, StatsReports report, PlatformTenants platform, CancellationToken ct)
    {
        var one = Filter.Id(http, "tenant_id");
        var tenants = await platform.Names(one, asOf.Instant ?? call.Now, ct);
        if (one is not null && tenants.Count == 0) throw new ProblemException(Problem.Of(TenantRejections.NotFound));
        var sum = await report.Merchants(tenants, asOf.Time, ct);
        return ReportRoutes.Answer(http, new PlatformStats(
            tenants.Count, await platform.Admins(ct), sum.TotalOrders, sum.SuccessfulPayments, sum.SuccessfulRefunds, sum.CanceledPayments), "platform-stats");
    }
}

using Ledger.Projections.Reports;

namespace Ledger.Api.Reports;

internal static class MrrEndpoint
{
    public static void MapMrr(this IEndpointRouteBuilder reports) => reports
        .MapGet("/mrr", Get).Is("getMrrReport", "Monthly recurring revenue of all running subscriptions, per currency.", Who.Admin)
        .Reads<MrrResponse>();

    private static async Task<IResult> Get(Call call, MrrReport report, CancellationToken ct) =>
        TypedResults.Json(new MrrResponse(await report.Read(call.Tenant, ct), call.Now), LedgerJson.Options);
}

/// <param name="Currencies">One line for each currency.</param>
public sealed record MrrResponse(IReadOnlyList<MrrLine> Currencies, Instant AsOf);

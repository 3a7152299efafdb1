using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Audit;

internal static class ListAuditLogsEndpoint
{
    private const int LimitDefault = 50, LimitMax = 200;

    public static void MapListAuditLogs(this IEndpointRouteBuilder logs) => logs
        .MapGet("/", List).Is("listAuditLogs", "The audit trail, newest first: who did what, who looked at personal data, and who was refused. With `Accept: text/csv`, as a file.", Who.Admin)
        .Produces<ListOf<AuditEntry>>(200, "application/json", TrailCsv.ContentType).WithMetadata(new PagedByCursor());

    private static async Task<IResult> List(
        HttpContext http, Call call, TrailFilters filters, TrailReader trail, CancellationToken ct,
        [FromQuery(Name = "resource_type")] string? resourceType = null, [FromQuery(Name = "resource_id")] string? resourceId = null,
        string? action = null, string? actor = null, [FromQuery(Name = "from_date")] string? fromDate = null,
        [FromQuery(Name = "to_date")] string? toDate = null, string? status = null)
    {
        var (limit, from) = PageOf(http);
        var filter = await filters.Read(http, call, ct);
        if (TrailCsv.IsAsked(http)) return new TrailCsv(trail, call.Tenant, filter, from);

        var page = await trail.Page(call.Tenant, filter, from, limit, withDetails: true, ct);
        return TypedResults.Json(new ListOf<AuditEntry>(page.Entries, new(limit, page.Next is not null, page.Next?.ToString())), LedgerJson.Options);
    }

    private static (int Limit, TrailCursor From) PageOf(HttpContext http)
    {
        var (wanted, after) = (http.Request.Query["limit"].ToString(), http.Request.Query["after"].ToString());
        var limit = wanted.Length == 0 ? LimitDefault : int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
        var from = after.Length == 0 ? TrailCursor.Start : TrailCursor.Parse(after);
        Check.That(limit is >= 1 and <= LimitMax, "limit", "out_of_range", $"From 1 to {LimitMax}.")
            .And(from is not null, "after", "not_a_cursor", "Not a cursor of this list.").OrRefuse();
        return (limit, from!);
    }
}

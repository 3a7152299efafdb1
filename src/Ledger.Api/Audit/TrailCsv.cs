using System.Globalization;
using System.Text;

namespace Ledger.Api.Audit;

/// <summary>The trail as a file for spreadsheets, written as it is read: RFC 4180, UTF-8, one line for each entry, without <c>details</c>.</summary>
/// <remarks>A file has at most 100,000 entries; the last line of one that was cut says so, and with which <c>after</c> to go on.</remarks>
internal sealed class TrailCsv(TrailReader trail, string tenant, TrailFilter filter, TrailCursor from, int rowsMax = TrailCsv.RowsMax) : IResult
{
    public const string ContentType = "text/csv";

    public const int RowsMax = 100_000;

    private const int PageRows = 1000;

    private static readonly string[] Names =
    [
        "id", "position", "at", "effective_at", "actor_kind", "actor_id", "action", "event", "resource_type", "resource_id", "request_id", "correlation_id",
        "causation_id", "policy", "idempotency_key", "ip_address", "user_agent", "status", "http_status", "code", "left_out", "block_hash",
    ];

    public static bool IsAsked(HttpContext http) => http.Request.GetTypedHeaders().Accept is { Count: > 0 } accept
        && accept.OrderByDescending(one => one.Quality ?? 1).First().MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var (ct, cursor, left) = (httpContext.RequestAborted, from, rowsMax);
        var page = await trail.Page(tenant, filter, cursor, Math.Min(PageRows, left), withDetails: false, ct);   // What refuses does so before the file begins.
        httpContext.Response.ContentType = $"{ContentType}; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = "attachment; filename=\"audit-logs.csv\"";
        await Write(httpContext, Names, ct);
        while (true)
        {
            foreach (var entry in page.Entries) await Write(httpContext, Fields(entry), ct);
            left -= page.Entries.Count;
            if (page.Next is not { } next) return;
            if (left <= 0)
            {
                await Write(httpContext, [$"Cut after {rowsMax.ToString(CultureInfo.InvariantCulture)} entries: narrow the filter or go on with after={next}"], ct);
                return;
            }

            page = await trail.Page(tenant, filter, next, Math.Min(PageRows, left), withDetails: false, ct);
        }
    }

    /// <summary>A text as a field. One that a spreadsheet would take for a formula gets an apostrophe before it.</summary>
    internal static string Field(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        if (text[0] is '=' or '+' or '-' or '@' or '\t' or '\r') text = "'" + text;
        return text.AsSpan().ContainsAny("\",\r\n;") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static string?[] Fields(AuditEntry one) =>
    [
        one.Id.ToString(), Number(one.Position), Time(one.At), one.EffectiveAt is { } at ? Time(at) : null, one.ActorKind, one.ActorId, one.Action, one.Event,
        one.ResourceType, one.ResourceId, one.RequestId, one.CorrelationId, one.CausationId, one.Policy, one.IdempotencyKey, one.IpAddress, one.UserAgent,
        one.Status, Number(one.HttpStatus), one.Code, Number(one.LeftOut), one.Block?.Hash,
    ];

    private static async Task Write(HttpContext http, IEnumerable<string?> fields, CancellationToken ct) =>
        await http.Response.BodyWriter.WriteAsync(Encoding.UTF8.GetBytes(string.Join(',', fields.Select(Field)) + "\r\n"), ct);

    private static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static string Time(Instant at) => NodaTime.Text.InstantPattern.ExtendedIso.Format(at);
}

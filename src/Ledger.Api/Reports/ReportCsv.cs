using Ledger.Api.Audit;
using Ledger.Projections.Reports;

namespace Ledger.Api.Reports;

/// <summary>A report as a table for spreadsheets: a column for each member of its lines, members of members with both names. RFC 4180, UTF-8.</summary>
internal sealed class ReportCsv(object report, string name) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = $"{TrailCsv.ContentType}; charset=utf-8";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}.csv\"";
        return httpContext.Response.WriteAsync(Text(report is ITabularReport table ? table.Rows : [report]), httpContext.RequestAborted);
    }

    internal static string Text(IEnumerable<object> lines)
    {
        var (columns, rows) = ReportTable.Of(lines);
        return string.Concat(rows.Prepend(columns).Select(row => string.Join(',', row.Select(TrailCsv.Field)) + "\r\n"));
    }
}

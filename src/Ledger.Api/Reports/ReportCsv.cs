using System.Text.Json;
using System.Text.Json.Nodes;
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
        var rows = lines.Select(line => Cells(JsonSerializer.SerializeToNode(line, LedgerJson.Options)!, "").ToDictionary()).ToList();
        var columns = rows.SelectMany(row => row.Keys).Distinct().ToList();
        return string.Concat(rows.Select(row => columns.Select(column => row.GetValueOrDefault(column))).Prepend(columns)
            .Select(row => string.Join(',', row.Select(TrailCsv.Field)) + "\r\n"));
    }

    /// <summary>What a member comes to. Numbers stay as they are, whatever their sign; lists within a line are left out.</summary>
    private static IEnumerable<KeyValuePair<string, string?>> Cells(JsonNode node, string name) => node switch
    {
        JsonObject one => one.Where(member => member.Value is not null)
            .SelectMany(member => Cells(member.Value!, name.Length == 0 ? member.Key : $"{name}_{member.Key}")),
        JsonArray => [],
        _ => [new(name, node.ToString())],
    };
}

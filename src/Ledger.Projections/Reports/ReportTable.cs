using System.Text.Json.Nodes;

namespace Ledger.Projections.Reports;

/// <summary>A report as a table: a column for each member of its lines, members of members with both names.</summary>
public static class ReportTable
{
    /// <returns>The names of the columns, and for each line a text or nothing under each of them.</returns>
    public static (IReadOnlyList<string> Columns, IEnumerable<IEnumerable<string?>> Rows) Of(IEnumerable<object> lines)
    {
        var rows = lines.Select(line => Cells(JsonSerializer.SerializeToNode(line, LedgerJson.Options)!, "").ToDictionary()).ToList();
        var columns = rows.SelectMany(row => row.Keys).Distinct().ToList();
        return (columns, rows.Select(row => columns.Select(column => row.GetValueOrDefault(column))));
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

using System.CommandLine;
using System.Globalization;
using Ledger.Application.Exports;

namespace Ledger.Cli;

/// <summary><c>ledger compare</c>: says in which rows the table that was built beside a view differs from the one that is read.</summary>
internal static class CompareCommand
{
    /// <summary>Customers that are told one by one; the CSV tells all.</summary>
    private const int CustomersShown = 30;

    private static readonly string[] CsvColumns = ["tenant_id", "customer_id", "id", "kind", "column", "served", "candidate"];
    private static readonly Argument<string> Name = AskedView.Name();
    private static readonly Option<FileInfo?> Csv = new("--csv") { Description = "Write every difference to this file, a line for each column of each row.", HelpName = "file" };

    public static Command Create() => new LedgerCommand(
        "compare", "Compare the table that `ledger replay` built beside a view with the one that is read, row by row, at one position of the log. Ends with 1 when they differ.",
        "ledger compare invoices", "ledger compare invoices --csv differences.csv") { Name, Csv }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        await using var csv = asked.GetValue(Csv)?.Open(FileMode.Create);
        var report = await Compare(ledger, asked.GetRequiredValue(Name), csv, ct);
        Show(report);
        if (report.Tables.Different > 0) throw new RefusedException($"{report.Tables.Different:N0} rows differ.");
    }

    /// <param name="csv">Where every difference is written; null for nowhere.</param>
    internal static async Task<Report> Compare(OpenLedger ledger, string name, Stream? csv, CancellationToken ct)
    {
        var views = ledger.Get<IReadOnlyList<View>>();
        _ = AskedView.Of(views, name);
        var (kinds, columns, customers) = (new Dictionary<RowKind, long>(), new SortedDictionary<string, long>(StringComparer.Ordinal), new Dictionary<(string, string?), long>());
        if (csv is not null) await csv.WriteAsync(CsvRows.Write(CsvColumns, []), ct);
        var tables = await AskedView.Try(() => ledger.Get<ViewComparison>().Run(name, views, async one =>
        {
            kinds[one.Kind] = kinds.GetValueOrDefault(one.Kind) + 1;
            foreach (var (column, _, _) in one.Columns) columns[column] = columns.GetValueOrDefault(column) + 1;
            customers[(one.Tenant, one.Customer)] = customers.GetValueOrDefault((one.Tenant, one.Customer)) + 1;
            if (csv is not null) await csv.WriteAsync(CsvRows.Write(null, Lines(one)), ct);
        }, ct));
        return new(tables, kinds, columns, customers);
    }

    private static IEnumerable<string[]> Lines(RowDifference one)
    {
        string[] row = [one.Tenant, one.Customer ?? "", one.Id.ToString(), one.Kind switch { RowKind.OnlyServed => "only_served", RowKind.OnlyCandidate => "only_candidate", _ => "differs" }];
        return one.Columns.Count == 0
            ? [[.. row, "", "", ""]]
            : one.Columns.Select(column => (string[])[.. row, column.Column, SpreadsheetText.Safe(column.Before ?? ""), SpreadsheetText.Safe(column.After ?? "")]);
    }

    private static void Show(Report report)
    {
        var tables = report.Tables;
        Screen.Figures(
        [
            ("at position", tables.Position.ToString(CultureInfo.InvariantCulture)), ($"rows of {tables.Served}, which is read", $"{tables.ServedRows:N0}"),
            ($"rows of {tables.Candidate}", $"{tables.CandidateRows:N0}"), ($"only in {tables.Served}", $"{report.Of(RowKind.OnlyServed):N0}"),
            ($"only in {tables.Candidate}", $"{report.Of(RowKind.OnlyCandidate):N0}"), ("in both, and different", $"{report.Of(RowKind.Differs):N0}"),
        ]);
        if (report.Columns.Count > 0) Screen.Table(["column", "rows in which it differs"], report.Columns.Select(one => new[] { one.Key, $"{one.Value:N0}" }));
        if (report.Customers.Count == 0) return;
        Screen.Table(["tenant", "customer", "rows that differ"], report.Customers.OrderByDescending(one => one.Value).Take(CustomersShown)
            .Select(one => new[] { one.Key.Tenant, one.Key.Customer ?? "", $"{one.Value:N0}" }));
        if (report.Customers.Count > CustomersShown) Screen.Line($"and {report.Customers.Count - CustomersShown:N0} more customers; --csv tells all.");
    }

    /// <param name="Columns">In how many rows each column differs.</param>
    /// <param name="Customers">How many rows of each differ; null for rows that are no customer's.</param>
    internal sealed record Report(
        ComparedTables Tables, IReadOnlyDictionary<RowKind, long> Kinds, IReadOnlyDictionary<string, long> Columns,
        IReadOnlyDictionary<(string Tenant, string? Customer), long> Customers)
    {
        public long Of(RowKind kind) => Kinds.GetValueOrDefault(kind);
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Ledger.Application.Exports;
using Ledger.Decisions.Json;
using Ledger.Domain.Amounts;

namespace Ledger.Cli;

/// <summary>What a tenant's invoices of some days would have come to: by month, in all, and by customer.</summary>
internal static class SimulatedInvoices
{
    private static readonly string[] CsvColumns = ["customer_id", "currency", "invoices", "invoiced", "simulated", "difference", "collected", "collected_simulated"];

    public static Option<LocalDate?> From() => Asked.Date("--from", "The first day whose invoices are simulated. [default: all]");

    public static Option<LocalDate?> To() => Asked.Date("--to", "The last day. [default: all]");

    public static Option<bool> Json() => new("--json") { Description = "Write JSON instead of a table." };

    public static Option<FileInfo?> Csv() => new("--csv") { Description = "Write what it comes to for each customer to this file.", HelpName = "file" };

    /// <param name="total">What an invoice would have come to.</param>
    public static async Task<Report> Simulate(
        OpenLedger ledger, string tenant, LocalDate? from, LocalDate? to, Func<PastInvoice, Money> total, IProgress<Done> progress, CancellationToken ct)
    {
        if (from > to) throw new WrongArgumentsException("--from is not to be after --to.");
        var history = new InvoiceHistory();
        await TenantHistory.Read(ledger, tenant, InvoiceHistory.Looks, history.Take, progress, ct);
        var past = history.All.Where(one => !(one.Issued.IssuedOn < from) && !(one.Issued.IssuedOn > to)).Select(one => (Past: one, Total: total(one))).ToList();
        return new(
            Lines(past, one => one.Issued.IssuedOn.ToString("yyyy-MM", CultureInfo.InvariantCulture)), Lines(past, _ => "total"),
            Lines(past, one => one.Issued.CustomerId.ToString()));
    }

    private static IReadOnlyList<Line> Lines(IEnumerable<(PastInvoice Past, Money Total)> invoices, Func<PastInvoice, string> of) =>
    [
        .. invoices.GroupBy(one => (Of: of(one.Past), one.Past.Issued.Total.Currency.Code))
            .OrderBy(group => group.Key.Of, StringComparer.Ordinal).ThenBy(group => group.Key.Code, StringComparer.Ordinal)
            .Select(group => new Line(
                group.Key.Of, group.Key.Code, group.Count(), group.Count(one => one.Total != one.Past.Issued.Total), group.Sum(one => one.Past.Issued.Total.Amount),
                group.Sum(one => one.Total.Amount), group.Sum(one => one.Past.Collected.Amount), group.Sum(one => one.Past.CollectedOf(one.Total).Amount))),
    ];

    public static void Show(Report report, bool asJson, FileInfo? csv)
    {
        if (csv is not null) File.WriteAllBytes(csv.FullName, CsvRows.Write(CsvColumns, report.Customers.Select(Cells)));
        if (asJson)
        {
            Screen.Line(JsonSerializer.Serialize(report, LedgerJson.Options));
            return;
        }

        Screen.Table(
            ["", "currency", "invoices", "changed", "invoiced", "simulated", "difference", "collected", "simulated", "difference"],
            report.Months.Concat(report.Total).Select(one => new[]
            {
                one.Of, one.Currency, $"{one.Invoices:N0}", $"{one.Changed:N0}", $"{one.Invoiced:N0}", $"{one.Simulated:N0}", $"{one.Simulated - one.Invoiced:N0}",
                $"{one.Collected:N0}", $"{one.CollectedSimulated:N0}", $"{one.CollectedSimulated - one.Collected:N0}",
            }));
        Screen.Line("Sums are in the smallest unit of the currency. Invoices that were cancelled are not counted; credit notes and refunds are not looked at.");
    }

    private static IEnumerable<string> Cells(Line one) =>
        [one.Of, one.Currency, .. new[] { one.Invoices, one.Invoiced, one.Simulated, one.Simulated - one.Invoiced, one.Collected, one.CollectedSimulated }.Select(sum => sum.ToString(CultureInfo.InvariantCulture))];

    /// <param name="Total">A line for each currency.</param>
    internal sealed record Report(IReadOnlyList<Line> Months, IReadOnlyList<Line> Total, IReadOnlyList<Line> Customers);

    /// <param name="Of">The month, the customer, or all.</param>
    /// <param name="Changed">How many invoices would have come to something else.</param>
    /// <param name="Invoiced">As it was, with tax; like all sums in the smallest unit of the currency.</param>
    internal sealed record Line(string Of, string Currency, int Invoices, int Changed, long Invoiced, long Simulated, long Collected, long CollectedSimulated);
}

using System.CommandLine;
using System.Globalization;
using Ledger.Projections.Reports;
using NodaTime.Text;

namespace Ledger.Cli;

/// <summary><c>ledger replay</c>: makes a view anew from the log beside the one that is read, or as it was; or a report as it was known.</summary>
internal static class ReplayCommand
{
    private static readonly Argument<string> What = new("view|report") { Description = "The name of a view, such as invoices, or of a report, such as mrr." };
    private static readonly Option<string?> Until = new("--until") { Description = "Up to where in the log: a position, or an instant by which it was recorded. [default: the end]", HelpName = "position|instant" };
    private static readonly Option<string?> FromCode = new("--from-code") { Description = "By the code of which version, where the program has several. [default: that of the table which is read]", HelpName = "v2" };
    private static readonly Option<string?> Into = new Option<string?>("--into")
    {
        Description = "table: beside the one that is read. csv: a file, or the screen. [default: table for a view, csv for a report]", HelpName = "table|csv",
    }.AcceptOnlyFromAmong("table", "csv");
    private static readonly Option<FileInfo?> Output = new("--output", "-o") { Description = "The file to write CSV to. [default: the standard output]", HelpName = "file" };
    private static readonly Option<string?> Tenant = new("--tenant", "-t") { Description = "Only its rows; a report must be told whose it is.", HelpName = "tenant" };
    private static readonly Option<LocalDate?> From = Asked.Date("--from", "The first day of a report. [default: the first of the month]");
    private static readonly Option<LocalDate?> To = Asked.Date("--to", "The last day of a report. [default: the day on which it was known]");

    public static Command Create() => new LedgerCommand(
        "replay", """
        Make a view anew from the first event on, while everything runs; what is read stays as it is. Without --until its table stands beside the one that is read: `ledger compare` tells the differences, `ledger switch` reads it, `ledger drop` drops it. With --until it is the view as it was there. A report is told as it was known then.
        """.Trim(),
        "ledger replay invoices", "ledger replay invoices --from-code v2 --into table", "ledger replay invoices --until 2026-02-01T00:00:00Z --into csv --tenant Telco --output invoices.csv",
        "ledger replay mrr --tenant Telco --until 1200") { What, Until, FromCode, Into, Output, Tenant, From, To }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (what, output) = (asked.GetRequiredValue(What), asked.GetValue(Output));
        var position = asked.GetValue(Until) is { } until ? await PositionOf(ledger, until, ct) : (long?)null;
        if (AllReports.All.FirstOrDefault(report => report.Name == what) is { } report)
        {
            if (asked.GetValue(Into) is "table" || asked.GetValue(FromCode) is not null) throw new WrongArgumentsException("A report goes --into csv, and is read by the code that this program has.");
            await using var file = Open(output);
            await Replays.Report(ledger, report, asked.GetValue(Tenant) ?? throw new WrongArgumentsException("Say whose report it is: --tenant."), position, asked.GetValue(From), asked.GetValue(To), file, ct);
            return;
        }

        var views = ledger.Get<IReadOnlyList<View>>();
        if (views.Usual(what) is null) throw new WrongArgumentsException($"There is no view and no report \"{what}\". Views: {string.Join(", ", views.Select(one => one.Name).Distinct())}. Reports: {string.Join(", ", AllReports.All.Select(one => one.Name))}.");
        if (asked.GetValue(From) is not null || asked.GetValue(To) is not null) throw new WrongArgumentsException("--from and --to are for reports.");
        var view = AskedView.Of(views, what, asked.GetValue(FromCode), await ledger.Get<ViewTables>().Active(ct));
        if (asked.GetValue(Into) is "csv")
        {
            await using var file = Open(output);
            await Screen.Progress("Reading the log", progress => Replays.Csv(ledger, view, position, asked.GetValue(Tenant), file, progress, ct));
            return;
        }

        if (asked.GetValue(Tenant) is not null || output is not null) throw new WrongArgumentsException("--tenant and --output are for --into csv; a table has the rows of every tenant.");
        Screen.Line(await Screen.Progress("Reading the log", progress => Replays.Table(ledger, view, position, progress, ct)));
    }

    /// <exception cref="WrongArgumentsException">It is neither a position in the log nor an instant.</exception>
    internal static async Task<long> PositionOf(OpenLedger ledger, string until, CancellationToken ct)
    {
        var head = await ledger.Get<EventFeed>().Head(ct);
        if (long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            return position <= head ? position : throw new WrongArgumentsException($"The log ends at position {head}; there is no {position} yet.");
        return InstantPattern.ExtendedIso.Parse(until) is { Success: true, Value: var instant }
            ? await ledger.Get<EventFeed>().Before(instant, ct)
            : throw new WrongArgumentsException($"--until is to be a position in the log or an instant such as 2026-01-31T12:00:00Z, not \"{until}\".");
    }

    private static Stream Open(FileInfo? file) => file?.Open(FileMode.Create) ?? Console.OpenStandardOutput();
}

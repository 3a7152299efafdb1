using System.CommandLine;
using Ledger.Projections.Accounting;

namespace Ledger.Cli;

/// <summary><c>ledger journal</c></summary>
internal static class JournalCommand
{
    private static readonly Option<string> Tenant = new("--tenant") { Description = "The tenant's id or name.", Required = true };
    private static readonly Option<JournalFormat> Format = new("--format") { Description = "hledger, ledger, beancount or csv.", DefaultValueFactory = _ => JournalFormat.Hledger };
    private static readonly Option<FileInfo?> Output = new("--output") { Description = "The file to write; the screen when it is not said." };

    public static Command Create() => new LedgerCommand(
        "journal", "Write the journal of a tenant, up to today by its clock, for an accounting program.",
        "ledger journal --tenant Bakery --output bakery.journal", "ledger journal --tenant Bakery --format beancount --output bakery.beancount")
        { Tenant, Format, Output }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var (tenant, context) = await ledger.Tenant(asked.GetValue(Tenant)!, "journal", ct);
        await ledger.CatchUp(ct);
        var head = await ledger.Get<EventFeed>().Head(ct);
        await using var output = asked.GetValue(Output) is { } file ? new StreamWriter(file.FullName) : new StreamWriter(Console.OpenStandardOutput());
        await ledger.Get<JournalExport>().Write(context.Tenant, asked.GetValue(Format), null, tenant.DateOf(context.At), head, output, ct);
    }
}

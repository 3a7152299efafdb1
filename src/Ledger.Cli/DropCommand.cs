using System.CommandLine;

namespace Ledger.Cli;

/// <summary><c>ledger drop</c>: drops what was built beside a view.</summary>
internal static class DropCommand
{
    private static readonly Argument<string> Name = AskedView.Name();

    public static Command Create() => new LedgerCommand(
        "drop", "Drop what `ledger replay` built beside a view. What the view is read from stays, and so does the table to go back to.", "ledger drop invoices") { Name }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        var view = AskedView.Of(ledger.Get<IReadOnlyList<View>>(), asked.GetRequiredValue(Name));
        var gone = await ledger.Get<ViewTables>().DropBeside(view, ct);
        foreach (var table in gone) Screen.Line($"dropped  views.{table}");
        if (gone.Count == 0) Screen.Line($"Nothing was built beside {view.Name}.");
    }
}

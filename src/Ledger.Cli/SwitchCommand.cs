using System.CommandLine;

namespace Ledger.Cli;

/// <summary><c>ledger switch</c>: has queries read the table that was built beside a view, or the one from before.</summary>
internal static class SwitchCommand
{
    private static readonly Argument<string> Name = AskedView.Name();
    private static readonly Option<bool> Back = new("--back") { Description = "Go back to the table from before the last switch or rebuild." };

    public static Command Create() => new LedgerCommand(
        "switch", "Read a view from the table that `ledger replay` built beside it, once that has caught up. The table from before stays, for going back. Servers must have the code of its version.",
        "ledger switch invoices", "ledger switch invoices --back") { Name, Back }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        Screen.Line(await Switch(ledger, asked.GetRequiredValue(Name), asked.GetValue(Back), ct));
    }

    /// <returns>What the view is read from now, and what from before, in a line.</returns>
    internal static async Task<string> Switch(OpenLedger ledger, string name, bool back, CancellationToken ct)
    {
        var (views, rebuild) = (ledger.Get<IReadOnlyList<View>>(), ledger.Get<ViewRebuild>());
        _ = AskedView.Of(views, name);
        await AskedView.Try(() => back ? rebuild.GoBack(name, views, ct) : rebuild.SwitchTo(name, views, ct));
        var now = (await ledger.Get<ViewTables>().Active(ct))[name];
        return $"{name} is read from views.{now.Table}, version {now.Version}. `ledger switch {name} --back` goes back to views.{now.Previous}.";
    }
}

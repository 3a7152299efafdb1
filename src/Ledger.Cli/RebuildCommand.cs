using System.CommandLine;
using System.Diagnostics;

namespace Ledger.Cli;

/// <summary><c>ledger rebuild</c>: builds views anew beside the live ones, from the first event on, and switches.</summary>
internal static class RebuildCommand
{
    private static readonly Argument<string?> Name = new("view") { Description = "Which view.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> All = new("--all") { Description = "Every view, in one pass over the log." };

    public static Command Create() => new LedgerCommand(
        "rebuild", "Build views anew beside the live ones, from the first event on, and switch when they have caught up. `ledger switch --back` goes back.",
        "ledger rebuild invoices", "ledger rebuild --all") { Name, All }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        if (asked.GetValue(Name) is null == !asked.GetValue(All)) throw new WrongArgumentsException("Say the name of a view, or --all.");
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        var all = ledger.Get<IReadOnlyList<View>>();
        var active = await ledger.Get<ViewTables>().Active(ct);
        var views = asked.GetValue(Name) is { } name ? [AskedView.Of(all, name, null, active)] : all.Current(active);
        var took = Stopwatch.StartNew();
        await AskedView.Try(() => Screen.Progress("Reading the log", progress => ledger.Get<ViewRebuild>().Run(views, new Relayed(progress), ct)));
        var seconds = took.Elapsed.TotalSeconds;
        foreach (var view in views) Screen.Line($"{view.Name}: {await Count(ledger, view.Name, ct):N0} rows");
        Screen.Line($"{seconds:F1} s");
    }

    /// <param name="table">In the schema of the views.</param>
    internal static async Task<long> Count(OpenLedger ledger, string table, CancellationToken ct) =>
        (await ledger.Get<LedgerDatabase>().QueryAsWorker($"select count(*) from views.{table}", [], row => row.GetInt64(0), ct))[0];
}

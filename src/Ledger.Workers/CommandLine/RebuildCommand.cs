using System.CommandLine;
using System.Diagnostics;

namespace Ledger.Workers.CommandLine;

/// <summary><c>ledger rebuild</c>: builds views anew beside the live ones, from the first event on, and switches.</summary>
internal static class RebuildCommand
{
    private static readonly Argument<string?> Name = new("view") { Description = "Which view.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> All = new("--all") { Description = "Every view, in one pass over the log." };
    private static readonly Option<bool> Back = new("--back") { Description = "Go back to the table from before the last rebuild instead." };

    public static Command Create() => new LedgerCommand(
        "rebuild", "Build views anew beside the live ones, from the first event on, and switch when they have caught up.",
        "ledger rebuild invoices", "ledger rebuild --all", "ledger rebuild invoices --back") { Name, All, Back }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        if (asked.GetValue(Name) is null == !asked.GetValue(All)) throw new WrongArgumentsException("Say the name of a view, or --all.");
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        var views = Wanted(ledger.Get<IReadOnlyList<View>>(), asked.GetValue(Name));
        var rebuild = ledger.Get<ViewRebuild>();
        var took = Stopwatch.StartNew();
        if (asked.GetValue(Back)) await GoBack(rebuild, views, ct);
        else
        {
            try { await Screen.Progress("Reading the log", progress => rebuild.Run(views, new Relayed(progress), ct)); }
            catch (PoisonEventException e) { throw new RefusedException($"The views stay as they were: {e.Message}"); }
        }

        var seconds = took.Elapsed.TotalSeconds;
        foreach (var view in views) Screen.Line($"{view.Name}: {await Count(ledger.Get<LedgerDatabase>(), view, ct):N0} rows");
        Screen.Line($"{seconds:F1} s");
    }

    private static IReadOnlyList<View> Wanted(IReadOnlyList<View> all, string? name)
    {
        if (name is null) return all;
        return all.FirstOrDefault(view => view.Name == name) is { } one ? [one]
            : throw new WrongArgumentsException($"There is no view \"{name}\". There are {string.Join(", ", all.Select(view => view.Name))}.");
    }

    private static async Task GoBack(ViewRebuild rebuild, IReadOnlyList<View> views, CancellationToken ct)
    {
        try
        {
            foreach (var view in views) await rebuild.GoBack(view, ct);
        }
        catch (InvalidOperationException e) { throw new RefusedException(e.Message); }
    }

    private static async Task<long> Count(LedgerDatabase database, View view, CancellationToken ct) =>
        (await database.QueryAsWorker($"select count(*) from views.{view.Name}", [], row => row.GetInt64(0), ct))[0];
}

using System.CommandLine;
using Ledger.Workers.Hosting;

namespace Ledger.Cli;

/// <summary><c>ledger migrate</c>: brings a database to this version. Every other command and the server do it as well.</summary>
internal static class MigrateCommand
{
    public static Command Create() => new LedgerCommand(
        "migrate", "Bring the database to this version, and prepare the views. Doing it again changes nothing.",
        "ledger migrate", "LEDGER_DATABASE='Host=db;Username=ledger;Database=ledger' ledger migrate").Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var host = await LedgerHost.Open(LedgerSettings.FromEnvironment(), mayVisit: true, tell: _ => { }, ct);
        await using (var database = host.Connect())
        {
            var applied = await Migrations.Apply(database, LedgerServices.Schemas, ct);
            foreach (var name in applied) Screen.Line($"applied  {name}");
            if (applied.Count == 0) Screen.Line("The schema is up to date.");
        }

        await using var ledger = await OpenLedger.On(host, Beside.Nothing, isItsOwn: false, ct);
        var outdated = ledger.Get<OutdatedViews>().Views;
        Screen.Line($"{ledger.Get<IReadOnlyList<View>>().Select(view => view.Name).Distinct().Count() - outdated.Count} views are ready.");
        foreach (var view in outdated) Screen.Line($"outdated {view.Name}: `ledger rebuild {view.Name}` builds it anew, as a server does when it starts");
    }
}

using System.Diagnostics;
using Ledger.EventStore.PersonalData;

namespace Ledger.Cli;

/// <summary><c>ledger master-key rewrap</c>: puts every personal key under the master key that wraps now.</summary>
internal static class RewrapCommand
{
    public static System.CommandLine.Command Create() => new LedgerCommand(
        "rewrap", "Wrap every personal key anew, under the first master key, while everything goes on. It may be stopped at any time and run again; several at once do no harm.",
        "ledger master-key rewrap").Runs(Run);

    private static async Task Run(System.CommandLine.ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        var took = Stopwatch.StartNew();
        var rewrap = ledger.Get<PersonalKeyRewrap>();
        var done = await Screen.Progress("Wrapping anew", progress => rewrap.Run(new Relayed(progress), ct));
        Screen.Line($"{done:N0} wrapped anew, {took.Elapsed.TotalSeconds:F1} s");
        Screen.Table(["master key", "wraps", "personal keys", ""], MasterKeyStatusCommand.Rows(await rewrap.Uses(ct)));
    }
}

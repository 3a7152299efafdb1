using System.CommandLine;
using Ledger.EventStore.Archiving;

namespace Ledger.Cli;

/// <summary><c>ledger export-log</c>: writes the whole log to files.</summary>
internal static class ExportLogCommand
{
    private static readonly Argument<DirectoryInfo> Directory = new("directory") { Description = "Where to: a new or an empty directory." };

    public static Command Create() => new LedgerCommand(
        "export-log", "Write the whole log to files, as it is at one instant, with what is needed to open it and go on: streams, numbers, claims, messages, personal keys as they are wrapped. No master key, password or session is in it.",
        "ledger export-log /safe/ledger-2026-01-31") { Directory }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        var directory = asked.GetRequiredValue(Directory).FullName;
        var manifest = await Screen.Progress("Writing the log", progress => ledger.Get<LogExport>().Run(
            directory, ledger.Get<IReadOnlyList<View>>(), new Relayed(progress), ledger.Get<IClock>().GetCurrentInstant().ToMicroseconds(), ct));
        Screen.Line($"{manifest.Rows:N0} rows in {manifest.Files.Count:N0} files, to position {manifest.Position}, hash {manifest.Hash}.");
    }
}

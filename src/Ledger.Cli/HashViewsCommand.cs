using System.CommandLine;
using System.Globalization;

namespace Ledger.Cli;

/// <summary><c>ledger hash-views</c>: a hash of what each view says.</summary>
internal static class HashViewsCommand
{
    private static readonly string[] Columns = ["view", "version", "position", "rows", "hash"];

    public static Command Create() => new LedgerCommand(
        "hash-views", "Show a hash over the rows of each view. Two ledgers with the same log, and the same versions of the views at the same position, show the same.",
        "ledger hash-views").Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        await using var ledger = await OpenLedger.Open(Beside.Views, ct);
        await ledger.CatchUp(ct);
        Show(await ledger.Get<ViewHashes>().Read(ledger.Get<IReadOnlyList<View>>(), ct));
    }

    internal static void Show(IReadOnlyList<ViewHash> hashes) => Screen.Table(Columns, hashes.Select(one => new[]
    {
        one.Name, one.Version.ToString(CultureInfo.InvariantCulture), one.Position.ToString(CultureInfo.InvariantCulture), $"{one.Rows:N0}", one.Hash,
    }));
}

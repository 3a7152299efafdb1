using System.CommandLine;
using Ledger.Application.Importing;

namespace Ledger.Cli;

/// <summary><c>ledger sample</c>: writes a file of subscribers to try an import with.</summary>
internal static class SampleCommand
{
    private static readonly Option<int> Rows = Asked.Number("--rows", "How many subscribers", 1, ImportSource.RowsMax, 100);
    private static readonly Option<int> Seed = new("--seed") { Description = "The same seed gives the same file.", DefaultValueFactory = _ => 1, HelpName = "number" };
    private static readonly Option<LocalDate?> Start = Asked.Date("--start-date", "The first day that is billed, in the mapping. [default: 2026-01-31]");
    private static readonly Option<FileInfo> Out = new("--out", "-o") { Description = "The CSV file; the mapping goes beside it.", Required = true, HelpName = "file" };

    public static Command Create() => new LedgerCommand(
        "sample", "Write a believable file of subscribers and the mapping for it.",
        "ledger sample --rows 100 --seed 1 --out subscribers.csv",
        "ledger import --tenant Telco --mapping subscribers.mapping.json subscribers.csv") { Rows, Seed, Start, Out }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        var file = asked.GetRequiredValue(Out).FullName;
        var mapping = Path.ChangeExtension(file, ".mapping.json");
        await using (var writer = new StreamWriter(file))
            foreach (var line in SampleSubscribers.Lines(asked.GetValue(Rows), asked.GetValue(Seed))) await writer.WriteAsync($"{line}\n".AsMemory(), ct);
        await File.WriteAllTextAsync(mapping, SampleSubscribers.Mapping(asked.GetValue(Start) ?? new(2026, 1, 31)), ct);
        Screen.Line($"{file}\n{mapping}");
    }
}

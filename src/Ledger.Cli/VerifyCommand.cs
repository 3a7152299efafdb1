using System.CommandLine;
using Ledger.EventStore.Verification;

namespace Ledger.Cli;

/// <summary><c>ledger verify</c>: says whether the log is as it was written, and what nobody could tell.</summary>
internal static class VerifyCommand
{
    private static readonly Option<FileInfo> Head = new Option<FileInfo>("--head")
    {
        Description = "A head that `ledger head` signed earlier: the log must still contain it.", HelpName = "file",
    }.AcceptExistingOnly();

    private static readonly Option<FileInfo> Key = new Option<FileInfo>("--key")
    {
        Description = "The public half of the key that signed it. [default: head.key.pub, where the ledger lives]", HelpName = "file",
    }.AcceptExistingOnly();

    public static Command Create() => new LedgerCommand(
        "verify", "Check the whole log against its chain of hashes: every event, block, stream and row of the index. Ends with 1 when something is found.",
        "ledger verify", "ledger verify --head head-2026-01-31.json", "ledger verify --head /safe/head.json --key /safe/head.key.pub") { Head, Key }.Runs(Run);

    private static async Task Run(ParseResult asked, CancellationToken ct)
    {
        var head = asked.GetValue(Head) is { } file
            ? HeadCommand.Read(file.FullName, asked.GetValue(Key)?.FullName ?? HeadKeys.PublicPathOf(HeadCommand.DefaultKey))
            : null;
        await using var ledger = await OpenLedger.Open(Beside.Nothing, ct);
        Tell(await Screen.Progress("Checking the log", progress =>
            new LogVerifier(ledger.Get<LedgerDatabase>()).Verify(new Relayed(progress), head, ct)));
    }

    /// <summary>Says what was found, a line each.</summary>
    /// <exception cref="RefusedException">Something was.</exception>
    internal static void Tell(VerificationReport report)
    {
        foreach (var finding in report.Findings) Screen.Line(finding.ToString().ReplaceLineEndings(" "));
        if (report.FindingsInAll > report.Findings.Count) Screen.Line($"and {report.FindingsInAll - report.Findings.Count:N0} more");
        if (report.CannotExclude is { } open) Screen.Line($"Cannot be excluded: {open}");
        if (!report.IsIntact) throw new RefusedException($"The log is not as it was written: {report.FindingsInAll:N0} {(report.FindingsInAll == 1 ? "place" : "places")}, the first of them above.");
        Screen.Line($"The log is as it was written: {report.Events:N0} events to position {report.Head.Position}, hash {report.Head.Hash}.");
    }
}

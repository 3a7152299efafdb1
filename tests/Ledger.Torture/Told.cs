using Ledger.Torture.Faults;
using Ledger.Workers.CommandLine;

namespace Ledger.Torture;

/// <summary>What is said at the end.</summary>
internal static class Told
{
    private const int FindingsTold = 60;

    /// <returns>The exit code.</returns>
    public static int Report(TortureReport report)
    {
        if (report.Findings.Count > 0) Faults(report.Done);
        Screen.Figures(report.Figures);
        foreach (var one in report.Findings.Take(FindingsTold)) Screen.Line($"FOUND {one}");
        if (report.Findings.Count > FindingsTold) Screen.Line($"… and {report.Findings.Count - FindingsTold} more.");
        Screen.Line(report.Findings.Count == 0
            ? "Nothing was lost, and nothing was done twice."
            : $"See it again with: ./ledger torture --kills {report.Options.Kills} --seed {report.Options.Seed} --keep DIRECTORY");
        return report.Findings.Count == 0 ? 0 : 1;
    }

    public static void Faults(IEnumerable<(long At, Fault Fault)> faults)
    {
        foreach (var (at, fault) in faults) Screen.Line($"{at,8}  {fault}");
    }
}

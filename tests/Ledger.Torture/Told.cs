using Ledger.Cli;
using Ledger.Torture.Faults;

namespace Ledger.Torture;

/// <summary>What is said on the way and at the end.</summary>
internal static class Told
{
    private const int FindingsTold = 60;
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(30);

    /// <summary>A bar, or, where nobody is looking, a line now and then: a run takes minutes.</summary>
    public static Task<T> Progress<T>(Func<IProgress<Done>, Task<T>> work) =>
        Console.IsErrorRedirected ? work(new InLines()) : Screen.Progress("Starting", work);

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

    private sealed class InLines : IProgress<Done>
    {
        private readonly System.Diagnostics.Stopwatch since = System.Diagnostics.Stopwatch.StartNew();

        public void Report(Done value)
        {
            if (since.Elapsed < LineEvery) return;
            since.Restart();
            Console.Error.WriteLine(value.Now);
        }
    }
}

using System.Diagnostics;

namespace Ledger.Benchmarks;

/// <summary>Ways to measure that noise does little to: subject and baseline in turns, and the median counts.</summary>
internal static class Measure
{
    private const int Rounds = 5;

    public static async Task<double> Seconds(Func<Task> work)
    {
        var took = Stopwatch.StartNew();
        await work();
        return took.Elapsed.TotalSeconds;
    }

    /// <summary>How many per second of each: one round of both to warm up, then rounds in turns, and their medians.</summary>
    public static async Task<(double Subject, double Baseline)> InTurns(Func<Task<double>> subject, Func<Task<double>> baseline, int rounds = Rounds)
    {
        _ = await baseline();
        _ = await subject();
        var (subjects, baselines) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            baselines.Add(await baseline());
            subjects.Add(await subject());
        }

        return (Median(subjects), Median(baselines));
    }

    /// <summary>How often per second writers, each one after the other, did something for a while.</summary>
    public static async Task<double> PerSecond(int writers, TimeSpan time, Func<int, Task> once)
    {
        var took = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(async () =>
        {
            var count = 0;
            for (; took.Elapsed < time; count++) await once(writer);
            return count;
        })));
        return counts.Sum() / took.Elapsed.TotalSeconds;
    }

    public static double Median(IEnumerable<double> values) => Percentile(values, 0.5);

    public static double Percentile(IEnumerable<double> values, double part)
    {
        var sorted = values.Order().ToList();
        return sorted[(int)Math.Min(sorted.Count - 1, sorted.Count * part)];
    }
}

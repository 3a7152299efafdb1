namespace Ledger.Simulation.Tests;

/// <summary>Many runs, on all cores.</summary>
internal sealed class Runs
{
    private const int LinesMax = 120;
    private readonly Dictionary<string, long> totals = [];

    public Runs(int first, int count)
    {
        _ = Parallel.For(first, first + count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, (seed, all) =>
        {
            var world = new World(seed, Mutant.None);
            var fault = Fault(world);
            lock (totals)
            {
                foreach (var (what, times) in world.Faults) Add(what, times);
                Add("steps", world.Scheduler.Steps);
                Add("events", world.Model.Log.Count);
                Add("messages", world.History.AllSent.Count);
                Add("dead messages", world.Model.Dead.Count);
                Add("refused", world.Wishes.Count(one => one.Result is not null and not CommitResult.Committed));
                Add("outcome unknown", world.Wishes.Count(one => one.IsUnknown));
                if (fault is null) return;
                Failed = Math.Min(Failed ?? seed, seed);
                all.Break();
            }
        });
    }

    /// <summary>The first seed that failed.</summary>
    public int? Failed { get; private set; }

    public string Summary => string.Join(", ", totals.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => $"{one.Value} {one.Key}"));

    /// <summary>What is wrong with a run; null when nothing is.</summary>
    public static string? Fault(int seed, Mutant mutant = Mutant.None) => Fault(new World(seed, mutant));

    /// <summary>What happened in a run, up to its end.</summary>
    public static string Story(int seed)
    {
        var lines = new Queue<string>();
        _ = Fault(new World(seed, Mutant.None, line =>
        {
            lines.Enqueue(line);
            if (lines.Count > LinesMax) _ = lines.Dequeue();
        }));
        return string.Join('\n', lines);
    }

    private static string? Fault(World world)
    {
        try
        {
            world.Run();
            return null;
        }
        catch (Violation violation) { return violation.Message; }
    }

    private void Add(string what, long times) => totals[what] = totals.GetValueOrDefault(what) + times;
}

using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace Ledger.Simulation.Tests;

/// <summary>The production classes under thousands of schedules, with faults. A seed is a schedule, and can be run again.</summary>
/// <remarks><c>LEDGER_TEST_SEED=17 ./ledger test SimulationTests</c> runs that one alone and tells what happened.</remarks>
public class SimulationTests(ITestOutputHelper output)
{
    private static readonly int? Seed =
        int.TryParse(Environment.GetEnvironmentVariable("LEDGER_TEST_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : null;

    [Fact]
    public void Nothing_is_lost_or_done_twice_whatever_breaks() => Run(Seed ?? 1, Seed is null ? 1_000 : 1);

    [Fact, Trait("Category", "Heavy")]
    public void Nothing_is_lost_or_done_twice_in_many_more_runs() => Run(Seed ?? 1_000_000, Seed is null ? 50_000 : 1);

    [Fact]
    public void A_seed_is_a_schedule()
    {
        for (var seed = 1; seed <= 20; seed++)
        {
            var (one, again) = (new World(seed, Mutant.None), new World(seed, Mutant.None));
            one.Run();
            again.Run();
            again.Scheduler.Trace.ShouldBe(one.Scheduler.Trace);
            again.Model.Log.ShouldBe(one.Model.Log);
        }
    }

    [Theory]
    [MemberData(nameof(Mutants))]
    public void What_is_done_wrong_is_found(Mutant mutant)
    {
        var found = Enumerable.Range(1, 1000).FirstOrDefault(seed => Runs.Fault(seed, mutant) is not null);
        output.WriteLine($"{mutant}: seed {found}: {Runs.Fault(found, mutant)}");
        found.ShouldBeGreaterThan(0);
    }

    public static TheoryData<Mutant> Mutants => [.. Enum.GetValues<Mutant>().Where(one => one is not Mutant.None)];

    private void Run(int first, int count)
    {
        var took = Stopwatch.StartNew();
        var runs = new Runs(first, count);
        output.WriteLine($"{count} seeds in {took.Elapsed.TotalSeconds:F1} s ({count / took.Elapsed.TotalSeconds:F0} a second): {runs.Summary}");
        if (runs.Failed is { } failed)
            Assert.Fail($"Seed {failed}: {Runs.Fault(failed)}\nLEDGER_TEST_SEED={failed} runs it again. Its end:\n{Runs.Story(failed)}");
        if (Seed is { } seed) output.WriteLine(Runs.Story(seed));
    }
}

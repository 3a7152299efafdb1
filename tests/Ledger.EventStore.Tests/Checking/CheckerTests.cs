using System.Diagnostics;
using Xunit.Abstractions;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>Nothing is lost, doubled or put out of order, whatever happens at once. <see cref="MutantTests"/> show that it would be seen.</summary>
public sealed class CheckerTests(ITestOutputHelper output)
{
    [Fact]
    public Task Whatever_happens_at_once_everybody_was_told_the_truth() => Check(processes: 3, steps: 30, rounds: 1, TimeSpan.Zero);

    [Fact]
    [Trait("Category", "Heavy")]
    public Task Whatever_happens_for_minutes_everybody_was_told_the_truth() => Check(processes: 4, steps: 150, rounds: 1, TimeSpan.FromMinutes(3));

    /// <summary>So many rounds on one database; and on more of them until the time is up.</summary>
    private async Task Check(int processes, int steps, int rounds, TimeSpan atLeast)
    {
        var (seed, clock, done) = (Chance.Seed, Stopwatch.StartNew(), 0);
        do
        {
            output.WriteLine($"LEDGER_TEST_SEED={seed}");
            await using var checker = await Checker.Begin(seed);
            for (var round = 0; round < rounds; round++)
                (await checker.Round(processes, steps)).ShouldBeEmpty($"LEDGER_TEST_SEED={seed}, round {round}");
            done += checker.History.Commits.Count + checker.History.Commands.Count;
            output.WriteLine(Told(checker.History));
            seed++;
        }
        while (clock.Elapsed < atLeast);
        output.WriteLine($"{done} wishes in {clock.Elapsed.TotalSeconds:0.0} s");
    }

    private static string Told(History history) => string.Join(", ", history.Commits
        .Select(one => one.Result?.GetType().Name ?? "RefusedBySql")
        .Concat(history.Commands.Select(one => one.Outcome.Rejection?.Code ?? (one.Outcome.Events.Count == 0 ? "AlreadySo" : "Done")))
        .Concat(history.Repeats.Select(one => $"Repeat{one.Known.Kind}"))
        .GroupBy(one => one).OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Count()}"));
}

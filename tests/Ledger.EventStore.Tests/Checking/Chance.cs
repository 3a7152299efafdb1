namespace Ledger.EventStore.Tests.Checking;

/// <summary>Chance that can be had again: the same seed makes the same choices.</summary>
internal sealed class Chance(int seed)
{
#pragma warning disable CA5394 // It picks what to try; it keeps no secret.
    private readonly Random random = new(seed);

    /// <summary>The seed to begin with: <c>LEDGER_TEST_SEED</c>, or one that nobody has chosen.</summary>
    public static int Seed => int.TryParse(Environment.GetEnvironmentVariable("LEDGER_TEST_SEED"), out var seed) ? seed : Random.Shared.Next();

    /// <summary>Both included.</summary>
    public int Int(int min, int max) => random.Next(min, max + 1);

    public T One<T>(params IReadOnlyList<T> all) => all[random.Next(all.Count)];

    public T[] Some<T>(int count, IEnumerable<T> all)
    {
        T[] mixed = [.. all];
        random.Shuffle(mixed);
        return mixed[..count];
    }

    /// <summary>True so many times of a hundred.</summary>
    public bool Is(int percent) => random.Next(100) < percent;

    /// <summary>Now and then a little while; mostly none.</summary>
    public Task Dawdle(int percent) => Is(percent) ? Task.Delay(Int(1, 4)) : Task.CompletedTask;

    /// <summary>One more, for somebody else, that follows from this one.</summary>
    public Chance Fork() => new(random.Next());
#pragma warning restore CA5394
}

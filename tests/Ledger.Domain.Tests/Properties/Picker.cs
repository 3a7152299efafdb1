namespace Ledger.Domain.Tests.Properties;

/// <summary>Chance that can be had again: the same seed picks the same.</summary>
internal sealed class Picker(int seed)
{
#pragma warning disable CA5394 // It picks examples; it keeps no secret.
    private readonly Random random = new(seed);

    public T One<T>(params IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>Both included.</summary>
    public int Int(int min, int max) => random.Next(min, max + 1);

    /// <summary>True so many times of a hundred.</summary>
    public bool Chance(int percent) => random.Next(100) < percent;
#pragma warning restore CA5394
}

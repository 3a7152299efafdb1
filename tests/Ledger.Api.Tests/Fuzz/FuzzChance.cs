namespace Ledger.Api.Tests.Fuzz;

/// <summary>Chance that can be had again: the same seed makes the same choices. Ids differ from run to run.</summary>
internal sealed class FuzzChance(int seed)
{
#pragma warning disable CA5394 // It picks what to try; it keeps no secret.
    private readonly Random random = new(seed);

    /// <summary><c>LEDGER_TEST_SEED</c>, or one that nobody has chosen.</summary>
    public static int Seed => int.TryParse(Environment.GetEnvironmentVariable("LEDGER_TEST_SEED"), out var seed) ? seed : Random.Shared.Next();

    /// <summary>Both included.</summary>
    public int Int(int min, int max) => random.Next(min, max + 1);

    public T One<T>(IReadOnlyList<T> all) => all[random.Next(all.Count)];

    /// <summary>True so many times of a hundred.</summary>
    public bool Is(int percent) => random.Next(100) < percent;

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
#pragma warning restore CA5394
}

using System.Globalization;
using Npgsql;

namespace Ledger.Scenarios.Kills;

/// <summary>Kills the program and its PostgreSQL at random places of the log, and starts the program again each time.</summary>
internal sealed class Killer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly Random random;
    private readonly List<(long Position, bool IsOfPostgres)> plan;

    /// <param name="from">The places lie after this position,</param>
    /// <param name="to">and before this one.</param>
    public Killer(int seed, int programs, int servers, long from, long to)
    {
        random = new(seed);
        var victims = Enumerable.Repeat(false, programs).Concat(Enumerable.Repeat(true, servers)).ToArray();
        random.Shuffle(victims);
        plan = [.. victims.Select(_ => random.NextInt64(from + 1, to)).Order().Zip(victims)];
    }

    /// <summary>How the seed can be given from outside, to see a failure again.</summary>
    public static int Seed => Environment.GetEnvironmentVariable("LEDGER_TEST_SEED") is { Length: > 0 } given
        ? int.Parse(given, CultureInfo.InvariantCulture)
        : Random.Shared.Next();

    /// <summary>What was killed, and where.</summary>
    public List<string> Done { get; } = [];

    /// <summary>Goes through the plan while the work lasts.</summary>
    public async Task Run(Telco telco, Task work)
    {
        var database = await telco.Database();
        var last = 0L;
        foreach (var (position, isOfPostgres) in plan)
        {
            if (await Reached(database, Math.Max(position, last + 1), work) is not { } reached) break;
            await Task.Delay(random.Next(0, 25));   // Anywhere between two commits, and within one.
            if (isOfPostgres) await telco.Program.KillPostgres();
            else
            {
                await telco.Program.Kill();
                telco.Program.Start();
            }

            last = reached;
            Done.Add($"{(isOfPostgres ? "PostgreSQL" : "the program")} after {reached}");
        }
    }

    /// <summary>Waits until the log has come to a position; null when the work ended first.</summary>
    private static async Task<long?> Reached(string database, long position, Task work)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!work.IsCompleted)
        {
            try
            {
                await using var connection = new NpgsqlConnection($"{database};Pooling=false");
                await connection.OpenAsync();
                while (!work.IsCompleted)
                {
                    if (await Figures.Head(connection) is var head && head >= position) return head;
                    if (patience.IsCancellationRequested)
                        throw new TimeoutException($"The log stands at {head} and not at {position}; open are\n{string.Join('\n', await Figures.Open(database))}");
                    await Task.Delay(2);
                }
            }
            catch (Exception e) when (e is NpgsqlException or IOException) { await Task.Delay(50); }   // It was killed just now.
        }

        return null;
    }
}

using Ledger.Torture.Wire;

namespace Ledger.Torture.Faults;

/// <summary>What goes wrong and where: the same seed gives the same plan.</summary>
internal static class FaultPlan
{
    public const string Api = "API", Worker1 = "worker 1", Worker2 = "worker 2", Server = "PostgreSQL";

    /// <summary>Events between two faults.</summary>
    private const int GapMax = 60;

    private static readonly string[] Programs = [Api, Worker1, Worker2];
    private static readonly string[] Victims = [Api, Api, Worker1, Worker1, Worker2, Worker2, Server, Server];
    private static readonly string[] Modes = ["timeout_before_charge", "timeout_after_charge", "slow"];

    /// <param name="kills">How many there are among the faults; the others come on top.</param>
    public static IReadOnlyList<Fault> Of(int seed, int kills)
    {
        var random = new Random(seed);
        var plan = new List<Fault>();
        for (var (at, done) = (0L, 0); done < kills;)
        {
            // Now and then two things go wrong at once.
            if (random.Next(8) > 0) at += random.Next(1, GapMax);
            Fault fault = random.Next(100) switch
            {
                < 45 => new Fault.Kill(at, Pick(random, Victims)),
                < 70 => new Fault.Cut(at, Pick(random, Programs), Wanted(random), (Place)random.Next(3), random.Next(1, 5)),
                < 80 => new Fault.Sever(at, Pick(random, Programs)),
                < 98 => Provider(at, random),
                _ => new Fault.Freeze(at, Pick(random, Programs[1..]), 12),
            };
            if (fault is Fault.Kill) done++;
            plan.Add(fault);
        }

        return plan;
    }

    private static Fault.Provider Provider(long at, Random random)
    {
        var mode = Pick(random, Modes);
        return new(at, mode, random.Next(1, 6), mode == "slow" ? random.Next(50, 800) : 0);
    }

    private static Request Wanted(Random random) => random.Next(10) switch { < 6 => Request.Batch, < 8 => Request.Commit, _ => Request.Charge };

    private static T Pick<T>(Random random, T[] all) => all[random.Next(all.Length)];
}

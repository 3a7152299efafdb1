using System.Text;

namespace Ledger.Simulation.Tests.Workload;

/// <summary>Asks a process for all kinds of commits, and remembers what it was told.</summary>
internal sealed class Client(World world, SimulatedProcess process)
{
    public const string Live = "live", Sandbox = "sandbox";
    private Random Random => world.Scheduler.Random;

    public async Task Run(int count)
    {
        for (var i = 0; i < count && world.IsFaulty; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(Random.Next(2500)), process.Time);
            if (Random.Next(3) == 0) await Task.WhenAll(Ask(), Ask(), Ask());
            else await Ask();
        }
    }

    private async Task Ask()
    {
        try
        {
            var wish = new Wish(await Any(), process.Actor);
            world.Wishes.Add(wish);
            try { wish.Result = await process.GroupCommit.Commit(wish.Commit); }
            catch (CommitOutcomeUnknownException) { wish.IsUnknown = true; }
            catch (Npgsql.PostgresException) { wish.IsUnstorable = true; }
        }
        catch (Npgsql.NpgsqlException) { }   // What it wanted to look at could not be read.
    }

    private async Task<Commit> Any()
    {
        var tenant = Random.Next(3) == 0 ? Sandbox : Live;
        var headers = new EventHeaders(1, World.Start + Duration.FromTimeSpan(world.Scheduler.Now), "test", Random.Next(25) == 0 ? ModelDatabase.Unstorable : "client");
        if (Random.Next(12) == 0) return new(Sandbox) { ClockTo = World.Start + Duration.FromSeconds(Random.Next(120)) };

        var kind = Random.Next(8);
        var streams = kind == 0 ? [Stream(Random.Next(4)), Stream(4 + Random.Next(4))] : new[] { Stream(Random.Next(8)) };
        var seen = new List<StreamExpectation>();
        var events = new List<NewEvent>();
        foreach (var stream in streams)
        {
            var version = await process.Link.Version(tenant, stream.Id);
            var count = Random.Next(kind == 0 ? 0 : 1, 3);
            seen.Add(new(stream, version, count));
            for (var i = 1; i <= count; i++)
                events.Add(new(NewId(), stream, version + i, new Happened(Random.Next(2) == 0 ? Errand.Any(Random) : null)));
        }

        var commit = new Commit(tenant) { Streams = seen, Events = events, Headers = headers };
        var value = new Claim("name", $"{Random.Next(3)}", streams[0], Taken);
        return kind switch
        {
            1 => commit with { Claims = [value] },
            2 => commit with { Releases = [value] },
            3 => commit with { Idempotency = Asked(tenant) },
            4 => new(tenant) { Idempotency = Asked(tenant) },
            _ => commit,
        };
    }

    /// <summary>One of few keys, so that they come again; each asks for something else.</summary>
    private IdempotencyRecord Asked(string tenant) => new(
        new(tenant, "client", $"{Random.Next(6)}"), Encoding.UTF8.GetBytes(NewId().ToString()), true, true, null, 200, null, null, Random.Next(2) == 0);

    private static readonly Rejection Taken = new("taken", RejectionKind.Conflict, "It is taken.");

    private static StreamId Stream(int nth) => new("thing", new Guid(nth + 1, 0, 0, new byte[8]));

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        Random.NextBytes(bytes);
        return new(bytes);
    }
}

/// <summary>A commit that was asked for, and what was said of it.</summary>
internal sealed class Wish(Commit commit, Actor asker)
{
    public Commit Commit => commit;

    /// <summary>Null while nothing was said.</summary>
    public CommitResult? Result { get; set; }

    public bool IsUnknown { get; set; }
    public bool IsAnswered => Result is not null || IsUnknown || IsUnstorable || asker.IsDead;
    public bool IsUnstorable { get; set; }
}

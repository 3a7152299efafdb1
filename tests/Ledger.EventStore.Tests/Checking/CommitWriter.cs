using Npgsql;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>Writes commits of every shape, on versions that may be old or wrong.</summary>
internal sealed class CommitWriter(World world, StoreFixture store, Chance chance)
{
    private readonly Dictionary<Guid, long> known = [];

    public async Task Run(int steps)
    {
        for (var step = 0; step < steps && world.History.IsClean; step++)
        {
            await chance.Dawdle(10);
            await Write(await Next(), isBad: chance.Is(6));
        }
    }

    private async Task Write(Commit commit, bool isBad)
    {
        if (isBad) commit = commit with { Keys = [new(world.Person, [1])] };
        var before = world.History.Seen;
        try
        {
            var result = await store.GroupCommit.Commit(commit);
            if (result is CommitResult.Committed committed) world.History.Saw(committed.Head);
            if (isBad && result is CommitResult.Committed) world.History.Findings.Enqueue("What should fail in SQL was committed.");
            var after = result is CommitResult.Committed ? 0 : await store.Feed.Head(CancellationToken.None);
            world.History.Commits.Enqueue(new(commit, before, after, result));
            foreach (var one in commit.Streams)
            {
                if (result is CommitResult.Committed) known[one.Stream.Id] = one.Version + one.Events;
                else if (result is CommitResult.StreamMovedOn) _ = known.Remove(one.Stream.Id);
            }
        }
        catch (Exception e) when (e is PostgresException or CommitOutcomeUnknownException)
        {
            if (!isBad) world.History.Findings.Enqueue($"A commit failed: {e.Message}");
            world.History.Commits.Enqueue(new(commit, before, 0, null));
        }
    }

    private async Task<Commit> Next()
    {
        var streams = new List<StreamExpectation>();
        var events = new List<NewEvent>();
        foreach (var id in chance.Some(chance.One(1, 1, 1, 2, 3), world.Streams))
        {
            if (!known.TryGetValue(id, out var version)) version = known[id] = (await store.Stored(id)).Version;
            if (chance.Is(5)) version++;
            var count = streams.Count == 0 ? chance.Int(1, 2) : chance.Int(0, 2);
            for (var n = 0; n < count; n++) events.Add(Event(id, version + n + 1));
            streams.Add(new(Counter.Stream(id), version, count));
        }

        var owner = streams[0].Stream;
        return new(StoreFixture.Tenant)
        {
            Streams = streams,
            Events = events,
            Headers = new(1, StoreFixture.Now, "test", "writer"),
            Claims = chance.Is(20) ? [Name(owner)] : [],
            Releases = chance.Is(15) ? [Name(owner)] : [],
            Idempotency = chance.Is(25) ? Record() : null,
            Sends = chance.Is(25) ? [Note.New("0")] : [],
        };
    }

    private NewEvent Event(Guid id, long version)
    {
        CounterEvent happened = chance.Is(30) ? new ReceiptIssued("r") : new CounterAdded(chance.Int(-9, 9));
        return new(Guid.CreateVersion7(), Counter.Stream(id), version, happened);
    }

    private Claim Name(StreamId owner) => new("counter.name", chance.One(world.Names), owner, CounterRejections.NameTaken);

    private IdempotencyRecord Record() => new(
        new(StoreFixture.Tenant, "writer", chance.One(world.Keys)), Guid.NewGuid().ToByteArray(), true, true, null, 201, null, null, false);
}

/// <summary>A message of the checker: that a position of the log was seen, or 0.</summary>
internal static class Note
{
    /// <summary>Under a new id every time, so that what is sent twice is seen to be.</summary>
    public static NewMessage New(string position) =>
        new(Guid.CreateVersion7(), StoreFixture.Tenant, "note", $$"""{"position":"{{position}}"}""", null, null, null, null);
}

using System.Globalization;
using System.Text.Json;
using Ledger.Messaging;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>Reads the log as it grows, at its own pace, and keeps what it saw.</summary>
internal sealed class Reader(World world, StoreFixture store, Chance chance)
{
    private long position;

    /// <summary>Every event, in the order it came.</summary>
    public List<Guid> Seen { get; } = [];

    public async Task Run(Task others)
    {
        while (world.History.IsClean && (!others.IsCompleted || await store.Feed.Head(CancellationToken.None) > position))
        {
            await chance.Dawdle(40);
            foreach (var happened in await world.Means.Read(store, position, chance.Int(1, 40)))
            {
                if (happened.Position != position + 1)
                {
                    world.History.Findings.Enqueue($"A reader saw position {happened.Position} after {position}.");
                    return;
                }

                position = happened.Position;
                Seen.Add(happened.Id);
            }
        }
    }
}

/// <summary>Sends a message for every event, but for those that messages led to. Several compete for one place in the log.</summary>
internal sealed class Policy(World world, StoreFixture store, Chance chance)
{
    public const string Place = "policy:checker";

    public async Task Run(Task others)
    {
        for (bool isLast = false, isAtEnd = false; world.History.IsClean && (!isLast || !isAtEnd);)
        {
            await chance.Dawdle(40);
            isLast = others.IsCompleted;   // Before it looks: what comes later is seen by the next look.
            var from = await store.Count("select coalesce((select position from ledger.places where name = $1), 0)", Place);
            var page = await store.Feed.After(from, chance.Int(1, 30), CancellationToken.None);
            isAtEnd = page.Count == 0;
            if (isAtEnd || chance.Is(5)) continue;   // It ends before it has written, and another one begins where it did.
            var sends = page.Where(one => one.Event is not CounterRenamed)
                .Select(one => Note.New(one.Position.ToString(CultureInfo.InvariantCulture))).ToList();
            await world.Means.MoveOn(store, sends, new(Place, from, page[^1].Position, null, null), chance);
        }
    }
}

/// <summary>Takes messages, writes an event for each, and sometimes ends in the middle.</summary>
internal sealed class Worker(World world, StoreFixture store, Chance chance)
{
    /// <summary>Every tenth is dropped or taken from its worker.</summary>
    private const int AttemptsMax = 30;

    private readonly MessageTable table = new(store.Database);

    public async Task Run(Task others)
    {
        for (bool isLast = false, isOpen = true; world.History.IsClean && (!isLast || isOpen);)
        {
            await chance.Dawdle(30);
            isLast = others.IsCompleted;
            var taken = await table.Take(chance.Int(1, 12), CancellationToken.None);
            await Task.WhenAll(taken.Where(_ => !chance.Is(5)).Select(one => Handle(one, chance.Fork())).ToList());
            isOpen = taken.Count > 0;
            if (isOpen) continue;
            if (isLast) await Disturbance.EndLeases(store, share: 0.3);
            isOpen = await store.Sql("select exists (select from ledger.messages)") is true;
        }
    }

    private async Task Handle(LeasedMessage message, Chance luck)
    {
        if (message.Attempts > AttemptsMax) world.History.Findings.Enqueue($"A message was taken {message.Attempts} times and never ended.");
        var position = JsonDocument.Parse(message.Json).RootElement.GetProperty("position").GetString()!;
        var id = luck.Is(30) ? luck.One(world.Streams) : message.Id;   // Mostly a stream of its own.
        while (true)
        {
            var (_, version) = await store.Stored(id);
            var led = store.Write(id, version, new CounterRenamed(message.Id.ToString(), position));
            var before = world.History.Seen;
            var result = await world.Means.Complete(store, led, message.Lease, luck);
            if (result is CommitResult.Committed committed) world.History.Saw(committed.Head);
            world.History.Commits.Enqueue(new(led, before, long.MaxValue, result));
            if (result is not CommitResult.StreamMovedOn) return;
        }
    }
}

using System.Globalization;
using System.Text;
using Npgsql;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>Gives commands, on states in memory, some of them as requests that are made again.</summary>
internal sealed class Commander(World world, StoreFixture store, Chance chance)
{
    public async Task Run(int steps)
    {
        for (var step = 0; step < steps && world.History.IsClean; step++)
        {
            await chance.Dawdle(10);
            var (plain, slow) = Next();
            var request = chance.Is(30) ? Request(plain) : null;
            await Ask(plain, slow, request);
            if (request is not null && chance.Is(40)) await Ask(plain, slow, request);
        }
    }

    private async Task Ask(IJointCommand plain, IJointCommand slow, RequestIdentity? request)
    {
        byte[]? body = null;
        StoredAnswer Answer(JointOutcome outcome) => new(200, body = Encoding.UTF8.GetBytes(
            string.Join('|', outcome.Events) + outcome.Rejection?.Code + Guid.NewGuid()));

        var before = world.History.Seen;
        try
        {
            var context = StoreFixture.Context() with { Request = request };
            var outcome = await world.Means.Handle(store, slow, context, request is null ? null : Answer);
            if (outcome.Events.Count > 0) world.History.Saw(outcome.Position);
            var after = outcome.Events.Count > 0 ? 0 : await store.Feed.Head(CancellationToken.None);
            world.History.Commands.Enqueue(new(plain, request, before, after, outcome, body));
        }
        catch (RequestKnownException e) { world.History.Repeats.Enqueue(new(request!, e.Known)); }
        catch (StillContendedException) { }
        catch (Exception e) when (e is PostgresException or CommitOutcomeUnknownException)
        {
            world.History.Findings.Enqueue($"A command failed: {e.Message}");
        }
    }

    private RequestIdentity Request(IJointCommand command)
    {
        // A few have a key of other requests: those must be told apart.
        var content = command.ToString()!;
        var key = chance.Is(20) ? chance.One(world.Keys) : world.Keys[0] + content;
        return new(new(StoreFixture.Tenant, "commander", key), Encoding.UTF8.GetBytes(content));
    }

    /// <summary>A command, and the same one looking slowly at what it decides on.</summary>
    private (IJointCommand Plain, IJointCommand Slow) Next()
    {
        var (id, other) = chance.Some(2, world.Streams) is [var first, var second] ? (first, second) : default;
        switch (chance.Int(0, 11))
        {
            case 0 or 1:
                return Single(new OpenCounter(id, chance.Is(60) ? chance.One(world.Names) : null, StartsStream: chance.Is(50)));
            case 2 or 3 or 4: return Single(new CloseCounter(id));
            case 5: return Single(new IssueReceipts(id, chance.Int(0, 99).ToString(CultureInfo.InvariantCulture)));
            case 6:
                var move = new MoveBetween(id, other, chance.Int(1, 20));
                return (move, move with { Meanwhile = () => chance.Dawdle(50) });
            case 7 or 8 or 9:
                var guarded = new AddWhileOpen(other, id, chance.Int(1, 9));
                return (guarded, guarded with { Meanwhile = () => chance.Dawdle(50) });
            default: return Single(new AddToCounter(id, chance.One(0, 5, 9, 9, 500)));
        }
    }

    private static (IJointCommand, IJointCommand) Single(ICommand<Counter, CounterEvent> command) => (new SingleWish(command), new SingleWish(command));
}

/// <summary>A command for one stream, as one that may look at many.</summary>
internal sealed record SingleWish(ICommand<Counter, CounterEvent> Command) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = Command.StartsStream
            ? await states.OfNew<Counter, CounterEvent>(Command.Stream)
            : await states.Of<Counter, CounterEvent>(Command.Stream);
        var decision = Command.Decide(state);
        if (decision.Rejection is { } rejection) return rejection;
        var joint = new JointDecision().Claim([.. decision.Claims]).Release([.. decision.Releases]);
        foreach (var one in decision) _ = joint.Append(Command.Stream, one);
        return joint;
    }
}

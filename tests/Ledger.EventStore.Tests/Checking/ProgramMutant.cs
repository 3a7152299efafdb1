using Ledger.EventStore.Streams;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>Steps of the program with something in them that is wrong.</summary>
internal static class ProgramMutant
{
    public static readonly IReadOnlyDictionary<string, Means> All = new Dictionary<string, Means>
    {
        ["gives a refusal on a state from memory"] = new() { Handle = Trusting(decision => decision.Rejection is not null) },
        ["does nothing on a state from memory"] = new() { Handle = Trusting(decision => decision.Rejection is null && decision.Events.Count == 0) },
        ["does not say what it only looked at"] = new() { Handle = Forgetful },
        ["ends a message after what it led to"] = new() { Complete = EndAfter },
        ["ends a message before what it leads to"] = new() { Complete = EndBefore },
        ["moves its place after it has sent"] = new() { MoveOn = MoveAfter },
        ["moves its place before it sends"] = new() { MoveOn = MoveBefore },
        ["reads on from after an event it did not see"] = new()
        {
            Read = async (store, position, limit) =>
                [.. (await store.Feed.After(position, limit, CancellationToken.None)).Where(one => one.Position % 50 != 0)],
        },
        ["remembers what was not written"] = new()
        {
            Handle = async (store, command, context, answer) =>
            {
                var states = new StatesRead(store.Loader, store.Hot, context.Tenant, fresh: true, CancellationToken.None);
                var draft = new CommitDraft(context, states, await command.Decide(states));
                _ = draft.Settle(new(0, [], [.. draft.Commit.Events.Select(_ => (long?)null)], StoreFixture.Now), store.Hot);
                return await store.Handler.Handle(command, context, CancellationToken.None, answer);
            },
        },
        ["answers a repeat anew"] = new() { Handle = (store, command, context, _) => store.Handle(command, context with { Request = null }) },
    };

    /// <summary>Decides on what it remembers and believes some of what comes of it.</summary>
    private static Func<StoreFixture, IJointCommand, CommandContext, Func<JointOutcome, StoredAnswer>?, Task<JointOutcome>> Trusting(
        Predicate<JointDecision> believes) => async (store, command, context, answer) =>
    {
        var states = new StatesRead(store.Loader, store.Hot, context.Tenant, fresh: false, CancellationToken.None);
        var decision = await command.Decide(states);
        if (context.Request is null && believes(decision)) return new CommitDraft(context, states, decision).Foreseen;
        return await store.Handler.Handle(command, context, CancellationToken.None, answer);
    };

    /// <summary>Decides on the newest states, and has the commit check only those it writes to.</summary>
    private static async Task<JointOutcome> Forgetful(
        StoreFixture store, IJointCommand command, CommandContext context, Func<JointOutcome, StoredAnswer>? answer)
    {
        if (context.Request is null)
        {
            var states = new StatesRead(store.Loader, store.Hot, context.Tenant, fresh: true, CancellationToken.None);
            var draft = new CommitDraft(context, states, await command.Decide(states));
            var commit = draft.Commit with { Streams = [.. draft.Commit.Streams.Where(one => one.Events > 0)] };
            if (commit.Events.Count > 0 && await store.GroupCommit.Commit(commit) is CommitResult.Committed committed)
                return draft.Settle(committed, store.Hot);
        }

        return await store.Handler.Handle(command, context, CancellationToken.None, answer);
    }

    private static async Task<CommitResult> EndAfter(StoreFixture store, Commit led, MessageLease lease, Chance chance)
    {
        var result = await store.GroupCommit.Commit(led);
        if (result is CommitResult.Committed && !chance.Is(5)) _ = await store.GroupCommit.Commit(new(led.Tenant) { Completes = lease });
        return result;
    }

    private static async Task<CommitResult> EndBefore(StoreFixture store, Commit led, MessageLease lease, Chance chance)
    {
        var ended = await store.GroupCommit.Commit(new(led.Tenant) { Completes = lease });
        if (ended is not CommitResult.Committed) return ended;
        return chance.Is(5) ? new CommitResult.MessageLost() : await store.GroupCommit.Commit(led);
    }

    private static async Task MoveAfter(StoreFixture store, IReadOnlyList<NewMessage> sends, CheckpointMove move, Chance chance)
    {
        _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Sends = sends });
        if (!chance.Is(5)) _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Checkpoint = move });
    }

    private static async Task MoveBefore(StoreFixture store, IReadOnlyList<NewMessage> sends, CheckpointMove move, Chance chance)
    {
        var moved = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Checkpoint = move });
        if (moved is CommitResult.Committed && !chance.Is(5)) _ = await store.GroupCommit.Commit(new(StoreFixture.Tenant) { Sends = sends });
    }
}

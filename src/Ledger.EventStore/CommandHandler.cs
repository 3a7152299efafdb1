using Ledger.EventStore.Idempotency;
using Ledger.EventStore.Streams;

namespace Ledger.EventStore;

/// <summary>Look, decide, commit: the only way anything is ever written to the log.</summary>
/// <remarks>
/// It decides on states kept in memory. That is safe for events, since the commit checks every version; a refusal, or a
/// decision that nothing is to be done, is checked against the database before it is given.
/// </remarks>
public sealed class CommandHandler(
    GroupCommit groupCommit, StreamLoader loader, HotStates hot, KnownRequests requests, IEnumerable<ICommitRule>? rules = null)
{
    private const int AttemptsMax = 40, AtOnceMax = 3;

    /// <summary>Between one attempt and the next; who waits longer lets others end.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromMilliseconds(100);

    private readonly ICommitRule[] rules = [.. rules ?? []];

    /// <exception cref="StillContendedException">Other writers were first, forty times; nothing was written.</exception>
    /// <exception cref="RequestKnownException">The request was made before.</exception>
    /// <exception cref="VersionStaleException">The caller saw another version.</exception>
    /// <exception cref="MessageLostException">The message is another worker's by now.</exception>
    public async Task<Outcome<TState>> Handle<TState, TEvent>(
        ICommand<TState, TEvent> command, CommandContext context, CancellationToken ct, Func<Outcome<TState>, StoredAnswer>? answer = null)
        where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        Outcome<TState> Narrow(JointOutcome joint)
        {
            var (state, version) = joint.Of<TState>(command.Stream);
            return new(state, version, joint.Position, [.. joint.Events.Select(one => one.Event)], joint.Rejection);
        }

        var single = new SingleCommand<TState, TEvent>(command);
        return Narrow(await Handle(single, context, ct, answer is null ? null : joint => answer(Narrow(joint))));
    }

    /// <inheritdoc cref="Handle{TState,TEvent}"/>
    /// <param name="answer">Null, or an answer of null, leaves the request pending, to be ended by <see cref="End"/>.</param>
    public async Task<JointOutcome> Handle(
        IJointCommand command, CommandContext context, CancellationToken ct, Func<JointOutcome, StoredAnswer?>? answer = null)
    {
        for (var attempt = 1; attempt <= AttemptsMax; attempt++)
        {
            if (attempt > AtOnceMax) await Pause(attempt, ct);
            var states = new StatesRead(loader, hot, context.Tenant, fresh: attempt > 1, ct);
            var decision = await command.Decide(states);
            if (IsStale(states, context, out var current))
            {
                if (states.IsUnchecked) continue;
                await ThrowIfKnown(context, ct);
                throw new VersionStaleException(current);
            }

            foreach (var rule in rules) rule.Check(decision.Events);
            var draft = new CommitDraft(context, states, decision);
            var commit = draft.Commit;
            if (context.Request is { } request)
            {
                var isKnown = answer is not null && !draft.DrawsNumbers;

                // A refusal stores no key, so what it says is sealed by the tenant's.
                var isAccepted = decision.Rejection is null;
                var record = await requests.Record(
                    isAccepted ? request : request with { Subject = null }, isFirst: true, draft.FirstStream,
                    isKnown ? answer!(draft.Foreseen) : null, isAccepted ? context.FreshKey : null, ct);
                commit = commit with { Idempotency = record };
            }

            if (commit.IsEmpty)
            {
                if (states.IsUnchecked) continue;
                return draft.Foreseen;
            }

            switch (await groupCommit.Commit(commit))
            {
                case CommitResult.Committed committed:
                    var outcome = draft.Settle(committed, hot);
                    if (context.Request is not null && draft.DrawsNumbers && answer?.Invoke(outcome) is { } last) await End(context, last, ct);
                    return outcome;
                case CommitResult.StreamMovedOn:
                    continue;
                case CommitResult.ClaimTaken taken:
                    await ThrowIfKnown(context, ct);
                    return await Handle(new Refusal(command, taken.Claim.IfTaken), context, ct, answer);
                case CommitResult.KeyKnown:
                    await ThrowIfKnown(context, ct);
                    continue;
                case CommitResult.MessageLost:
                    throw new MessageLostException();
                default:
                    throw new System.Diagnostics.UnreachableException();
            }
        }

        throw new StillContendedException();
    }

    /// <summary>Stores the last answer of an operation whose first commit left it pending.</summary>
    public async Task End(CommandContext context, StoredAnswer answer, CancellationToken ct)
    {
        var record = await requests.Record(context.Request!, isFirst: false, null, answer, context.FreshKey, ct);
        _ = await groupCommit.Commit(new Commit(context.Tenant) { Idempotency = record });
    }

    /// <summary>Longer and longer, and never as long as anybody else: those who meet do not meet again.</summary>
    private static Task Pause(int attempt, CancellationToken ct)
    {
        var most = Math.Min(PauseMax.TotalMilliseconds, 1 << Math.Min(attempt, 7));
#pragma warning disable CA5394 // It spreads attempts; it keeps no secret.
        return Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * most), ct);
#pragma warning restore CA5394
    }

    private static bool IsStale(StatesRead states, CommandContext context, out long current)
    {
        current = states.Streams.Count == 0 ? 0 : states.Streams.First().Value.Version;
        return context.ExpectedVersion is { } expected && current > 0 && current != expected;
    }

    private async Task ThrowIfKnown(CommandContext context, CancellationToken ct)
    {
        if (context.Request is { } request && await requests.Find(request, ct) is { } known) throw new RequestKnownException(known);
    }

    /// <summary>A single command is a joint one that looks at one stream.</summary>
    private sealed class SingleCommand<TState, TEvent>(ICommand<TState, TEvent> command) : IJointCommand
        where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        public async ValueTask<JointDecision> Decide(IStates states)
        {
            var state = command.StartsStream
                ? await states.OfNew<TState, TEvent>(command.Stream)
                : await states.Of<TState, TEvent>(command.Stream);
            var decision = command.Decide(state);
            if (decision.Rejection is { } rejection) return rejection;

            var joint = new JointDecision().Claim([.. decision.Claims]).Release([.. decision.Releases]);
            foreach (var one in decision) _ = joint.Append(command.Stream, one);
            return joint;
        }
    }

    /// <summary>What a command comes to when a value it wants is another's: its refusal, on the states it looks at.</summary>
    private sealed class Refusal(IJointCommand command, Rejection rejection) : IJointCommand
    {
        public async ValueTask<JointDecision> Decide(IStates states)
        {
            var decision = await command.Decide(states);
            return decision.Rejection is null ? rejection : decision;
        }
    }
}

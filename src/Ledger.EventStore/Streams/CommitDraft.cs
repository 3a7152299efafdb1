namespace Ledger.EventStore.Streams;

/// <summary>A decision on its way into the log: the commit it makes, and what will stand when it is written.</summary>
internal sealed class CommitDraft
{
    private readonly CommandContext context;
    private readonly StatesRead states;
    private readonly JointDecision decision;
    private readonly IReadOnlyList<(StreamId Stream, IEvent Event)> happening;

    public CommitDraft(CommandContext context, StatesRead states, JointDecision decision)
    {
        (this.context, this.states, this.decision) = (context, states, decision);
        // The log has what happened to a stream in one commit together.
        happening = [.. decision.Events.GroupBy(one => one.Stream).SelectMany(one => one)];
        var accepted = decision.Rejection is null;
        var versions = states.Streams.ToDictionary(one => one.Key, one => one.Value.Version);
        var events = new List<NewEvent>(decision.Events.Count);
        foreach (var (stream, happened) in happening)
        {
            if (!versions.TryGetValue(stream, out var version))
                throw new InvalidOperationException($"The decision writes to a {stream.Category} stream it did not look at.");
            events.Add(new(Guid.CreateVersion7(), stream, versions[stream] = version + 1, happened));
        }

        Commit = new(context.Tenant)
        {
            Streams = [.. states.Streams.Select(one =>
                new StreamExpectation(one.Key, one.Value.Version, (int)(versions[one.Key] - one.Value.Version)))],
            Events = events,
            Claims = decision.Claims,
            Releases = decision.Releases,
            Completes = context.Completes,
            Sends = accepted ? context.Sends : [],
            Keys = accepted && events.Count > 0 ? context.Keys : [],
            Words = accepted && events.Count > 0 ? context.Words : [],
            ClockTo = accepted ? context.ClockTo : null,
            CorrelationId = context.CorrelationId ?? context.RequestId,
            CausationId = context.CausationId,
            Headers = new(1, context.At.ToMicroseconds(), context.ActorKind, context.ActorId, context.RequestId, context.Request?.Key.Key, context.Policy),
        };
        DrawsNumbers = events.Exists(one => one.Event is INumberedEvent);
        Foreseen = Outcome(happening, 0);
    }

    public Commit Commit { get; }

    public bool DrawsNumbers { get; }

    /// <summary>The stream that the command is about.</summary>
    public Guid? FirstStream => states.Streams.Count == 0 ? null : states.Streams.First().Key.Id;

    /// <summary>The outcome if the commit stands; numbers not drawn yet are 0.</summary>
    public JointOutcome Foreseen { get; }

    /// <summary>The outcome now that the commit stands; from here on the new states are the ones in memory.</summary>
    public JointOutcome Settle(CommitResult.Committed committed, HotStates hot)
    {
        var outcome = Foreseen;
        if (DrawsNumbers)
        {
            outcome = Outcome([.. happening.Select((one, i) =>
                committed.Numbers[i] is { } number ? (one.Stream, ((INumberedEvent)one.Event).WithNumber(number)) : one)], committed.Head);
        }

        foreach (var stream in Commit.Streams.Where(one => one.Events > 0).Select(one => one.Stream))
        {
            var (state, version) = outcome.Of<object>(stream);
            hot.Keep(context.Tenant, stream, state, version);
        }

        return new(States(outcome), committed.Positions.Count > 0 ? committed.Positions[^1] : committed.Head, outcome.Events, outcome.Rejection);
    }

    private Dictionary<StreamId, (object, long)> States(JointOutcome outcome) =>
        states.Streams.Keys.ToDictionary(one => one, outcome.Of<object>);

    private JointOutcome Outcome(IReadOnlyList<(StreamId Stream, IEvent Event)> events, long position)
    {
        var after = states.Streams.ToDictionary(one => one.Key, one => (one.Value.State, one.Value.Version));
        foreach (var (stream, happened) in events)
        {
            var (state, version) = after[stream];
            after[stream] = (states.Streams[stream].Evolve(state, happened), version + 1);
        }

        return new(after, position, events, decision.Rejection);
    }
}

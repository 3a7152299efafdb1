using Ledger.Decisions;

namespace Ledger.Testing;

/// <summary>Streams and claims in memory, for decisions that look at several states.</summary>
public sealed class MemoryLedger : IStates
{
    private readonly Dictionary<StreamId, List<IEvent>> streams = [];
    private readonly Dictionary<(string Kind, string Value), StreamId> claims = [];
    private readonly HashSet<StreamId> looked = [];

    /// <summary>Everything, in the order it happened.</summary>
    public List<(StreamId Stream, IEvent Event)> Log { get; } = [];

    public void Append(StreamId stream, params IEnumerable<IEvent> happened)
    {
        foreach (var one in happened)
        {
            if (!streams.TryGetValue(stream, out var events)) streams[stream] = events = [];
            events.Add(one);
            Log.Add((stream, one));
        }
    }

    public TState State<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        streams.TryGetValue(stream, out var events)
            ? events.Cast<TEvent>().Aggregate(TState.Initial, TState.Evolve)
            : TState.Initial;

    ValueTask<TState> IStates.Of<TState, TEvent>(StreamId stream) => new(LookAt<TState, TEvent>(stream));

    ValueTask<TState> IStates.OfNew<TState, TEvent>(StreamId stream) => new(LookAt<TState, TEvent>(stream));

    /// <summary>Decides and writes, all or nothing.</summary>
    public JointDecision Run(IJointCommand command)
    {
        looked.Clear();

        // Nothing here ever waits, so the answer is there.
        var decision = command.Decide(this).AsTask().GetAwaiter().GetResult();
        if (decision.Rejection is not null) return decision;
        foreach (var (stream, _) in decision.Events)
            if (!looked.Contains(stream)) throw new InvalidOperationException($"The decision writes to a {stream.Category} stream it did not look at.");
        if (Take(decision.Claims, decision.Releases) is { } taken) return taken;
        foreach (var (stream, happened) in decision.Events) Append(stream, happened);
        return decision;
    }

    private TState LookAt<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        _ = looked.Add(stream);
        return State<TState, TEvent>(stream);
    }

    /// <inheritdoc cref="Run(IJointCommand)"/>
    public JointDecision Run<TState, TEvent>(ICommand<TState, TEvent> command) where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        var decision = command.Decide(State<TState, TEvent>(command.Stream));
        if (decision.Rejection is { } rejection) return rejection;
        if (Take(decision.Claims, decision.Releases) is { } taken) return taken;
        IEvent[] happened = [.. decision.Cast<IEvent>()];
        Append(command.Stream, happened);
        return new JointDecision().Append(command.Stream, happened).Claim([.. decision.Claims]).Release([.. decision.Releases]);
    }

    private Rejection? Take(IReadOnlyList<Claim> taken, IReadOnlyList<Claim> freed)
    {
        foreach (var claim in taken)
            if (claims.TryGetValue((claim.Kind, claim.Value), out var owner) && owner != claim.Owner) return claim.IfTaken;
        foreach (var claim in freed) _ = claims.Remove((claim.Kind, claim.Value));
        foreach (var claim in taken) claims[(claim.Kind, claim.Value)] = claim.Owner;
        return null;
    }
}

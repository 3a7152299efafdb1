namespace Ledger.EventStore.Streams;

/// <summary>The states that one decision looked at, with the versions it saw.</summary>
internal sealed class StatesRead(StreamLoader loader, HotStates hot, string tenant, bool fresh, CancellationToken ct) : IStates
{
    private readonly Dictionary<StreamId, Seen> seen = [];

    /// <summary>True when something was taken from memory, or taken to be new, and not from the database.</summary>
    public bool IsUnchecked { get; private set; }

    /// <summary>In the order they were looked at: the first is what the command is about.</summary>
    public IReadOnlyDictionary<StreamId, Seen> Streams => seen;

    public ValueTask<TState> Of<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        seen.TryGetValue(stream, out var before)
            ? ValueTask.FromResult(OtherKindException.Cast<TState>(before.State))
            : Look<TState, TEvent>(stream);

    public ValueTask<TState> OfNew<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        if (fresh || seen.ContainsKey(stream) || hot.TryGet(tenant, stream, out _, out _)) return Of<TState, TEvent>(stream);
        IsUnchecked = true;
        return ValueTask.FromResult(Note<TState, TEvent>(stream, TState.Initial, 0));
    }

    private async ValueTask<TState> Look<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        (TState, long)? known = hot.TryGet(tenant, stream, out var state, out var version) ? (OtherKindException.Cast<TState>(state), version) : null;
        if (known is { } kept && !fresh)
        {
            IsUnchecked = true;
            return Note<TState, TEvent>(stream, kept.Item1, kept.Item2);
        }

        var (newest, at) = await loader.Load<TState, TEvent>(tenant, stream, known, ct);
        if (at > 0) hot.Keep(tenant, stream, newest, at);
        return Note<TState, TEvent>(stream, newest, at);
    }

    private TState Note<TState, TEvent>(StreamId stream, TState state, long version) where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        seen[stream] = new(state, version, static (old, happened) => TState.Evolve((TState)old, (TEvent)happened));
        return state;
    }

    internal sealed record Seen(object State, long Version, Func<object, IEvent, object> Evolve);
}

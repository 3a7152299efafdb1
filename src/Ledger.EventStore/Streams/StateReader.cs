namespace Ledger.EventStore.Streams;

/// <summary>States for looking, not for deciding.</summary>
public sealed class StateReader(StreamLoader loader, HotStates hot)
{
    /// <summary>The newest state.</summary>
    public async ValueTask<TState> Of<TState, TEvent>(string tenant, StreamId stream, CancellationToken ct)
        where TState : IState<TState, TEvent> where TEvent : IEvent => (await WithVersion<TState, TEvent>(tenant, stream, ct)).State;

    /// <summary>The newest state and its version; as if nothing had happened, where the id is of something of another kind.</summary>
    public async ValueTask<(TState State, long Version)> WithVersion<TState, TEvent>(string tenant, StreamId stream, CancellationToken ct)
        where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        try
        {
            (TState, long)? known = hot.TryGet(tenant, stream, out var state, out var version) ? (OtherKindException.Cast<TState>(state), version) : null;
            var newest = await loader.Load<TState, TEvent>(tenant, stream, known, ct);
            if (newest.Version > 0) hot.Keep(tenant, stream, newest.State, newest.Version);
            return newest;
        }
        catch (OtherKindException) { return (TState.Initial, 0); }
    }
}

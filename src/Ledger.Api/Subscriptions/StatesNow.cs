namespace Ledger.Api.Subscriptions;

/// <summary>States as they are, for what is computed and never stored.</summary>
internal sealed class StatesNow(StateReader states, string tenant, CancellationToken ct) : IStates
{
    public ValueTask<TState> Of<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        states.Of<TState, TEvent>(tenant, stream, ct);

    public ValueTask<TState> OfNew<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        Of<TState, TEvent>(stream);
}

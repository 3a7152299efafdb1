namespace Ledger.Domain;

/// <summary>The states as they will be once a decision is written: for a decision that is made of several.</summary>
internal sealed class StatesAfter(IStates states, JointDecision decision) : IStates
{
    public async ValueTask<TState> Of<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        Fold<TState, TEvent>(await states.Of<TState, TEvent>(stream), stream);

    public async ValueTask<TState> OfNew<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        Fold<TState, TEvent>(await states.OfNew<TState, TEvent>(stream), stream);

    private TState Fold<TState, TEvent>(TState state, StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent =>
        decision.Events.Where(one => one.Stream == stream).Select(one => (TEvent)one.Event).Aggregate(state, TState.Evolve);
}

/// <summary>Puts decisions together.</summary>
internal static class JointDecisions
{
    /// <summary>The events and claims of both, in this order.</summary>
    public static JointDecision With(this JointDecision decision, JointDecision more)
    {
        foreach (var (stream, happened) in more.Events) _ = decision.Append(stream, happened);
        return decision.Claim([.. more.Claims]).Release([.. more.Releases]);
    }
}

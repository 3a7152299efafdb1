namespace Ledger.Decisions;

/// <summary>What its events have made of something: the only thing a command may look at.</summary>
public interface IState<TSelf, TEvent> where TSelf : IState<TSelf, TEvent> where TEvent : IEvent
{
    /// <summary>The state before anything has happened.</summary>
    static abstract TSelf Initial { get; }

    /// <summary>The state one event later. Pure, and never refuses: the event has already happened.</summary>
    static abstract TSelf Evolve(TSelf state, TEvent @event);
}

/// <summary>A wish to change one <typeparamref name="TState"/>, with the rule that grants or refuses it.</summary>
public interface ICommand<in TState, TEvent> where TEvent : IEvent
{
    StreamId Stream { get; }

    /// <summary>True when the stream's id is fresh, so that there is nothing to load; if it does exist, it is loaded.</summary>
    bool StartsStream => false;

    /// <summary>Pure: no clock, no database, no random ids. The same state gives the same decision.</summary>
    Decision<TEvent> Decide(TState state);
}

/// <summary>A wish that looks at several states and may write to several streams, all or nothing.</summary>
/// <remarks>
/// What it reads is part of what it decides: if any of it has moved on when the events are written, it decides again.
/// </remarks>
public interface IJointCommand
{
    /// <summary>As pure as any decision: it awaits nothing but the states it asks for.</summary>
    ValueTask<JointDecision> Decide(IStates states);
}

/// <summary>The states a joint command may look at.</summary>
public interface IStates
{
    ValueTask<TState> Of<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent;

    /// <summary>As <see cref="Of"/>, of a stream that most likely does not exist yet: it is not loaded before it is known to.</summary>
    ValueTask<TState> OfNew<TState, TEvent>(StreamId stream) where TState : IState<TState, TEvent> where TEvent : IEvent;
}

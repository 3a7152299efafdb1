using System.Diagnostics;

namespace Ledger.Messaging.Tests;

/// <summary>The smallest thing that something follows from: a bell that is rung.</summary>
public sealed record Bell(int Rings) : IState<Bell, BellEvent>
{
    public static Bell Initial { get; } = new(0);

    public static StreamId Stream(Guid id) => new("bell", id);

    public static Bell Evolve(Bell state, BellEvent @event) => @event switch
    {
        BellRung => new Bell(state.Rings + 1),
        _ => throw new UnreachableException(),
    };
}

public abstract record BellEvent : IEvent
{
    private protected BellEvent() { }
}

/// <param name="For">Who is to come.</param>
public sealed record BellRung(string For) : BellEvent;

public sealed record RingBell(Guid Id, string For) : ICommand<Bell, BellEvent>
{
    public StreamId Stream => Bell.Stream(Id);

    public Decision<BellEvent> Decide(Bell state) => [new BellRung(For)];
}

/// <summary>Calls whom a bell was rung for.</summary>
public sealed class CallPolicy(string name = "call") : IPolicy
{
    public string Name => name;

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event is BellRung rung ? [new(new Call($"{name} {rung.For}"))] : [];
}

/// <summary>Cannot stand it when it tolls.</summary>
public sealed class NervousPolicy : IPolicy
{
    public string Name => "nervous";

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event is BellRung { For: "thee" }
        ? throw new InvalidOperationException("It tolls.")
        : [new(new Call("nervous"))];
}

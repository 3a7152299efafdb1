using Ledger.Decisions;
using Ledger.EventStore.Events;

namespace Ledger.Scenarios.Races;

/// <summary>All things of one kind, event by event, with a sum over them and what must hold of each at any time.</summary>
/// <param name="measure">What one of them adds to the sum.</param>
/// <param name="mustHold">Says what is wrong with one; null for nothing.</param>
internal sealed class Folded<TState, TEvent>(Func<TState, long> measure, Func<TState, string?> mustHold)
    where TState : IState<TState, TEvent> where TEvent : IEvent
{
    private readonly Dictionary<Guid, TState> states = [];

    public long Sum { get; private set; }

    public IReadOnlyCollection<TState> All => states.Values;

    public void Take(StoredEvent happened)
    {
        if (happened.Event is not TEvent one) return;
        var before = states.GetValueOrDefault(happened.Stream.Id) ?? TState.Initial;
        var after = TState.Evolve(before, one);
        states[happened.Stream.Id] = after;
        Sum += measure(after) - measure(before);
        if (mustHold(after) is { } wrong) throw new ShouldAssertException($"{wrong} at {happened.Position}, after {happened.Type}: {after}");
    }
}

using Ledger.Domain.Tenancy;

namespace Ledger.Api.Audit;

/// <summary>Folds the events of any stream, by the state that they belong to.</summary>
internal static class StateFolds
{
    private static readonly IReadOnlyList<Fold> All = [.. typeof(Tenant).Assembly.GetTypes()
        .Select(type => (Type: type, Contract: Array.Find(type.GetInterfaces(), one => one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IState<,>))))
        .Where(one => one.Contract?.GetGenericArguments()[0] == one.Type)
        .Select(one => (Fold)Activator.CreateInstance(typeof(FoldOf<,>).MakeGenericType(one.Contract!.GetGenericArguments()))!)];

    /// <summary>The state before the first of these events, and after each; null when they are not all of one state.</summary>
    public static IReadOnlyList<object>? States(IReadOnlyList<IEvent> events) =>
        events.Count > 0 && All.FirstOrDefault(fold => fold.Takes(events[0])) is { } fold && events.All(fold.Takes) ? fold.States(events) : null;

    private abstract class Fold
    {
        public abstract bool Takes(IEvent happened);

        public abstract IReadOnlyList<object> States(IReadOnlyList<IEvent> events);
    }

#pragma warning disable CA1812 // Made by reflection.
    private sealed class FoldOf<TState, TEvent> : Fold where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        public override bool Takes(IEvent happened) => happened is TEvent;

        public override IReadOnlyList<object> States(IReadOnlyList<IEvent> events)
        {
            var states = new List<object>(events.Count + 1) { TState.Initial };
            foreach (var one in events) states.Add(TState.Evolve((TState)states[^1], (TEvent)one));
            return states;
        }
    }
#pragma warning restore CA1812
}

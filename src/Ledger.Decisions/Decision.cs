namespace Ledger.Decisions;

/// <summary>What a command leads to: the events to append, none when it is already so, or a refusal.</summary>
/// <example><c>[new SubscriptionCancelled(…)]</c>, <c>[]</c>, or a <see cref="Decisions.Rejection"/>.</example>
[CollectionBuilder(typeof(Decision), nameof(Decision.Of))]
public sealed class Decision<TEvent> : IEnumerable<TEvent> where TEvent : IEvent
{
    private readonly TEvent[] events;

    internal Decision(TEvent[] events) => this.events = events;

    public Rejection? Rejection { get; private init; }

    /// <summary>Values that become taken with these events.</summary>
    public IReadOnlyList<Claim> Claims { get; private init; } = [];

    /// <summary>Values that become free with these events.</summary>
    public IReadOnlyList<Claim> Releases { get; private init; } = [];

    public int Count => events.Length;

    public static implicit operator Decision<TEvent>(Rejection rejection) => new([]) { Rejection = rejection };

    public Decision<TEvent> Claiming(params IEnumerable<Claim> claims) =>
        new(events) { Rejection = Rejection, Claims = [.. Claims, .. claims], Releases = Releases };

    public Decision<TEvent> Releasing(params IEnumerable<Claim> claims) =>
        new(events) { Rejection = Rejection, Claims = Claims, Releases = [.. Releases, .. claims] };

    public IEnumerator<TEvent> GetEnumerator() => events.AsEnumerable().GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

public static class Decision
{
    public static Decision<TEvent> Of<TEvent>(ReadOnlySpan<TEvent> events) where TEvent : IEvent => new(events.ToArray());
}

namespace Ledger.Decisions;

/// <summary>What a joint command leads to: events for several streams, none when it is already so, or a refusal.</summary>
public sealed class JointDecision
{
    private readonly List<(StreamId Stream, IEvent Event)> events = [];
    private readonly List<Claim> claims = [];
    private readonly List<Claim> releases = [];

    /// <summary>Already so.</summary>
    public static JointDecision Nothing => new();

    public Rejection? Rejection { get; private init; }

    /// <summary>In the order they happen, over all streams.</summary>
    public IReadOnlyList<(StreamId Stream, IEvent Event)> Events => events;

    /// <summary>Values that become taken with these events.</summary>
    public IReadOnlyList<Claim> Claims => claims;

    /// <summary>Values that become free with these events.</summary>
    public IReadOnlyList<Claim> Releases => releases;

    public static implicit operator JointDecision(Rejection rejection) => new() { Rejection = rejection };

    public static implicit operator ValueTask<JointDecision>(JointDecision decision) => ValueTask.FromResult(decision);

    public JointDecision Append(StreamId stream, params ReadOnlySpan<IEvent> happened)
    {
        foreach (var one in happened) events.Add((stream, one));
        return this;
    }

    public JointDecision Claim(params ReadOnlySpan<Claim> taken)
    {
        claims.AddRange(taken);
        return this;
    }

    public JointDecision Release(params ReadOnlySpan<Claim> freed)
    {
        releases.AddRange(freed);
        return this;
    }
}

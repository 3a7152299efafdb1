using Ledger.EventStore.Idempotency;

namespace Ledger.EventStore;

/// <summary>What a command has led to. With a rejection, nothing was written.</summary>
/// <param name="Version">Of the stream, after the command.</param>
/// <param name="Position">A place in the log by which all of it can be read.</param>
public sealed record Outcome<TState>(TState State, long Version, long Position, IReadOnlyList<IEvent> Events, Rejection? Rejection);

/// <summary>What a joint command has led to. With a rejection, nothing was written.</summary>
public sealed class JointOutcome(IReadOnlyDictionary<StreamId, (object State, long Version)> states, long position,
    IReadOnlyList<(StreamId Stream, IEvent Event)> events, Rejection? rejection)
{
    public Rejection? Rejection => rejection;

    /// <summary>A place in the log by which all of it can be read.</summary>
    public long Position => position;

    public IReadOnlyList<(StreamId Stream, IEvent Event)> Events => events;

    /// <summary>The state after the command, of a stream that the command looked at or wrote to.</summary>
    public (TState State, long Version) Of<TState>(StreamId stream) => ((TState)states[stream].State, states[stream].Version);
}

/// <summary>What was answered to a request, to be given again to its repeats.</summary>
public sealed record StoredAnswer(int Status, byte[] Body);

/// <summary>Other writers kept being first; nothing was written. To try again is right.</summary>
public sealed class StillContendedException() : Exception("Other writers kept being first; nothing was written.");

/// <summary>The caller saw an older version; nothing was written.</summary>
public sealed class VersionStaleException(long current) : Exception($"The current version is {current}.")
{
    public long Current => current;
}

/// <summary>The message belongs to another worker by now; nothing was written, and nothing is left to do.</summary>
public sealed class MessageLostException() : Exception("Another worker has this message by now.");

/// <summary>The request was made before, and this is what it led to.</summary>
public sealed class RequestKnownException(KnownRequest known) : Exception("The request was made before.")
{
    public KnownRequest Known => known;
}

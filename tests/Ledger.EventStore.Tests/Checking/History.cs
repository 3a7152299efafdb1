using System.Collections.Concurrent;
using Ledger.EventStore.Idempotency;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>What everybody asked of the store, and what they were told. Many write it at once.</summary>
internal sealed class History
{
    private long seen;

    public ConcurrentQueue<Written> Commits { get; } = new();
    public ConcurrentQueue<Asked> Commands { get; } = new();
    public ConcurrentQueue<Repeated> Repeats { get; } = new();

    /// <summary>What was seen to be wrong at once.</summary>
    public ConcurrentQueue<string> Findings { get; } = new();

    public bool IsClean => Findings.IsEmpty;

    /// <summary>A position that somebody was told of: whoever asks from now on must be answered by a log that has it.</summary>
    public long Seen => Interlocked.Read(ref seen);

    public void Saw(long position)
    {
        for (var known = Seen; position > known; known = Seen) _ = Interlocked.CompareExchange(ref seen, position, known);
    }
}

/// <param name="Before">What the log had at least when it was asked.</param>
/// <param name="After">What it had at most when it was answered; asked for only where it was refused.</param>
/// <param name="Result">Null when it failed, as it was meant to.</param>
internal sealed record Written(Commit Commit, long Before, long After, CommitResult? Result);

/// <inheritdoc cref="Written"/>
/// <param name="Body">What is to be answered to repeats, if it had a key.</param>
internal sealed record Asked(
    IJointCommand Command, RequestIdentity? Request, long Before, long After, JointOutcome Outcome, byte[]? Body);

/// <summary>A request that was told that it had been made before.</summary>
internal sealed record Repeated(RequestIdentity Request, KnownRequest Known);

namespace Ledger.EventStore.Commits;

/// <summary>Everything that is written together, or not at all. A value: it holds no SQL, and may be tried again.</summary>
public sealed record Commit(string Tenant)
{
    /// <summary>The streams that were looked at or are written to, each once, with the version that was seen.</summary>
    public IReadOnlyList<StreamExpectation> Streams { get; init; } = [];

    /// <summary>In the order they get their positions: those of a stream together, the streams as they stand in <see cref="Streams"/>.</summary>
    public IReadOnlyList<NewEvent> Events { get; init; } = [];

    public IReadOnlyList<Claim> Claims { get; init; } = [];
    public IReadOnlyList<Claim> Releases { get; init; } = [];
    public IdempotencyRecord? Idempotency { get; init; }
    public MessageLease? Completes { get; init; }
    public IReadOnlyList<NewMessage> Sends { get; init; } = [];
    public IReadOnlyList<PersonalKeyChange> Keys { get; init; } = [];
    public IReadOnlyList<SearchWords> Words { get; init; } = [];

    /// <summary>Where the clock of this sandbox tenant moves to.</summary>
    public Instant? ClockTo { get; init; }

    public CheckpointMove? Checkpoint { get; init; }

    public string? CorrelationId { get; init; }
    public string? CausationId { get; init; }
    public EventHeaders? Headers { get; init; }

    /// <summary>True when writing it would change nothing.</summary>
    public bool IsEmpty => Events.Count == 0 && Claims.Count == 0 && Releases.Count == 0 && Idempotency is null
        && Completes is null && Sends.Count == 0 && Keys.Count == 0 && Words.Count == 0 && ClockTo is null && Checkpoint is null;
}

/// <param name="Version">How many events the stream had when it was looked at; 0 if it did not exist.</param>
/// <param name="Events">How many events this commit adds; 0 for a stream that was only looked at.</param>
public sealed record StreamExpectation(StreamId Stream, long Version, int Events);

/// <param name="Version">Its place in its stream.</param>
public sealed record NewEvent(Guid Id, StreamId Stream, long Version, IEvent Event);

/// <summary>What is kept of a request, so that its repeat gets the same answer.</summary>
/// <param name="IsFirst">False for the record that ends an operation whose first commit left it pending.</param>
/// <param name="Body">Sealed; null while pending, or where the answer has none.</param>
/// <param name="Subject">The person the answer tells of, whose key sealed it; null when the tenant's did.</param>
/// <param name="KeptForEver">For what moves money: the key, not the body, is kept for ever.</param>
public sealed record IdempotencyRecord(
    IdempotencyKey Key, byte[] RequestHash, bool IsFirst, bool IsDone, Guid? Stream, int? Status, byte[]? Body,
    Guid? Subject, bool KeptForEver);

/// <summary>One request of one caller, whatever it asks for: a repeat of it is the same request.</summary>
public sealed record IdempotencyKey(string Tenant, string Caller, string Key);

/// <summary>The right to complete a message: gone once another worker has leased it.</summary>
public sealed record MessageLease(Guid Id, int Attempts);

public sealed record NewMessage(
    Guid Id, string Tenant, string Type, string Json, string? OrderKey, Instant? NotBefore, string? CorrelationId, string? CausationId);

/// <param name="Wrapped">The subject's key under the master key; null destroys it.</param>
public sealed record PersonalKeyChange(Guid Subject, byte[]? Wrapped);

/// <summary>All words by which a subject can be found, as keyed hashes; none removes it from search.</summary>
public sealed record SearchWords(Guid Subject, IReadOnlyList<byte[]> Tokens);

/// <summary>A consumer's place in the log moves, if it is still where it was and the consumer still has its lease.</summary>
public sealed record CheckpointMove(string Name, long From, long To, string? LeaseName, long? Epoch);

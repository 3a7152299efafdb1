namespace Ledger.EventStore;

/// <summary>Who asks, when, and what is to be written with the answer.</summary>
/// <param name="At">The business instant, by the tenant's clock.</param>
public sealed record CommandContext(string Tenant, string ActorKind, string ActorId, Instant At)
{
    public string? RequestId { get; init; }
    public string? CorrelationId { get; init; }
    public string? CausationId { get; init; }
    public string? Policy { get; init; }

    /// <summary>The message that is done with this command; nothing is written if it is no longer the worker's.</summary>
    public MessageLease? Completes { get; init; }

    public IReadOnlyList<NewMessage> Sends { get; init; } = [];

    /// <summary>Keys that the command's personal values were sealed with, or that it destroys.</summary>
    public IReadOnlyList<PersonalKeyChange> Keys { get; init; } = [];

    /// <summary>The key among <see cref="Keys"/> that is new: it seals the stored answer, which tells of the same subject.</summary>
    public PersonalData.SubjectKey? FreshKey { get; init; }

    public IReadOnlyList<SearchWords> Words { get; init; } = [];

    public Instant? ClockTo { get; init; }

    /// <summary>The version that the caller saw, of the stream that the command is about; null when it did not say.</summary>
    public long? ExpectedVersion { get; init; }

    public RequestIdentity? Request { get; init; }
}

/// <summary>The request behind a command, for its repeats.</summary>
/// <param name="Hash">Of the request's content: the same key with other content is refused.</param>
/// <param name="Subject">Whose key seals the stored answer; null for the tenant's own.</param>
/// <param name="KeptForEver">True for what moves money.</param>
public sealed record RequestIdentity(IdempotencyKey Key, byte[] Hash, Guid? Subject = null, bool KeptForEver = false);

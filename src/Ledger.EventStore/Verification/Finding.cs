namespace Ledger.EventStore.Verification;

/// <summary>What is wrong with the log at one place. Ordered by what says most, where several are true of one position.</summary>
public enum FindingKind
{
    /// <summary>The log ends before a head that was signed, or is another one there.</summary>
    TailCut,

    /// <summary>A block does not have the hash that it should, or does not follow from the one before.</summary>
    BlockAltered,

    /// <summary>Positions that no block holds any more.</summary>
    BlockRemoved,

    /// <summary>An event that stands where another one stood, or where none did.</summary>
    PutIn,

    /// <summary>An event that was written at another position.</summary>
    Moved,

    /// <summary>Positions whose events are gone.</summary>
    Removed,

    /// <summary>An event that is not as it was written.</summary>
    Altered,

    /// <summary>A stream's row that does not agree with its events.</summary>
    StreamAltered,

    /// <summary>A row of the index that does not agree with its event.</summary>
    IndexAltered,
}

/// <param name="Position">Where in the log; null for a row that belongs to no event.</param>
/// <param name="EventType">Null where nothing tells which event it was.</param>
public sealed record Finding(FindingKind Kind, long? Position, string? EventType, Guid? Stream, string Detail)
{
    public override string ToString() =>
        $"{Kind} at {(Position is { } position ? $"position {position}" : "no position")}"
        + $"{(EventType is null ? "" : $", {EventType}")}{(Stream is null ? "" : $", stream {Stream}")}: {Detail}";
}

namespace Ledger.EventStore.Audit;

/// <summary>Which events of a tenant are looked for; what is null narrows nothing.</summary>
/// <param name="Types">Names of events, as they stand in the log.</param>
/// <param name="Actors">As the index has them: kind, colon, id.</param>
/// <param name="After">Only events behind this position.</param>
/// <param name="Before">Only events ahead of this place.</param>
public sealed record EventsWanted(
    Guid? Stream, IReadOnlyCollection<string>? Types, IReadOnlyCollection<string>? Actors, long After, EventPlace Before);

/// <summary>Where an event stands in the log, and in its stream.</summary>
/// <param name="Version">Counts only where events of one stream are looked for.</param>
public readonly record struct EventPlace(long Position, long Version)
{
    /// <summary>Behind every event there can be.</summary>
    public static EventPlace End { get; } = new(long.MaxValue, long.MaxValue);
}

/// <summary>What a search found, newest first.</summary>
/// <param name="CutAt">How far it has looked, when it looked as far as one search may and there may be more; else null.</param>
public sealed record Search<TRow, TPlace>(IReadOnlyList<TRow> Rows, TPlace? CutAt) where TPlace : struct;

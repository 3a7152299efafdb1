namespace Ledger.EventStore.Events;

/// <summary>An event as it stands in the log.</summary>
/// <param name="Position">Its place in the log: 1 is the first, there are no gaps, and order is the order of commits.</param>
/// <param name="Version">Its place in its stream, from 1.</param>
/// <param name="RecordedAt">When it was written, by the database's clock; never earlier than the event before.</param>
public sealed record StoredEvent(
    long Position, Guid Id, string Tenant, StreamId Stream, long Version, string Type, IEvent Event, EventHeaders Headers,
    string? CorrelationId, string? CausationId, Instant RecordedAt)
{
    public EventContext Context => new(Tenant, Stream, Version, Position, Headers.EffectiveAt);
}

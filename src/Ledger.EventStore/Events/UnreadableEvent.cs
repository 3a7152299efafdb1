namespace Ledger.EventStore.Events;

/// <summary>Stands in the feed for an event that this program cannot read: of a newer version, or not of the shape its name says.</summary>
/// <remarks>Who needs the event stops there and says why; for others it is as any event that means nothing to them.</remarks>
public sealed record UnreadableEvent(Exception Reason) : IEvent;

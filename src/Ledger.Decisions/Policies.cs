namespace Ledger.Decisions;

/// <summary>A command to be run by a worker, at once or later. Stored as JSON: shapes are added, never edited.</summary>
public interface IMessage
{
    /// <summary>Messages of one tenant with one key run one after the other, in the order they were sent; null: no order.</summary>
    string? OrderKey => null;
}

/// <summary>A message to send.</summary>
/// <param name="NotBefore">By the tenant's clock, which a sandbox tenant sets; null: at once.</param>
public sealed record Send(IMessage Message, Instant? NotBefore = null);

/// <summary>What a policy may know of an event besides the event.</summary>
/// <param name="EffectiveAt">When it was true, by the tenant's clock.</param>
public readonly record struct EventContext(string Tenant, StreamId Stream, long Version, long Position, Instant EffectiveAt);

/// <summary>Reacts to events with messages. Pure: the same event gives the same messages, in the same order.</summary>
/// <remarks>A message's id is derived from the event's and the policy's name, so a message is never sent twice.</remarks>
public interface IPolicy
{
    /// <summary>Fixed for ever: its place in the log is kept under this name.</summary>
    string Name { get; }

    IEnumerable<Send> React(IEvent @event, EventContext context);
}

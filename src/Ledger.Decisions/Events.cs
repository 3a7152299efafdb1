namespace Ledger.Decisions;

/// <summary>Something that has happened. Stored forever: shapes are added, never edited.</summary>
public interface IEvent;

/// <summary>An event that carries the next gap-free number of a series, given when it is written.</summary>
/// <remarks>
/// The decision leaves <see cref="Number"/> at 0. The batch that writes the event draws the number, so numbers follow the
/// order of the log, and a commit that fails draws none. Series are per tenant.
/// </remarks>
public interface INumberedEvent : IEvent
{
    /// <summary>The series, in snake_case: <c>invoice</c>.</summary>
    string Series { get; }

    /// <summary>The number drawn; 0 before the event is written. Stored as the JSON member <c>number</c>.</summary>
    long Number { get; }

    IEvent WithNumber(long number);
}

/// <summary>The name of an event in the log, where it is not the snake_case of its class: a later shape.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EventNameAttribute(string name) : Attribute
{
    public string Name => name;
}

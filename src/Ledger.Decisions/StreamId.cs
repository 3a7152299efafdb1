namespace Ledger.Decisions;

/// <summary>Which history: the kind of thing, and which one.</summary>
/// <param name="Category">What it is, in snake_case: <c>subscription</c>. Kept beside the stream in the log.</param>
/// <param name="Id">A UUIDv7, or a UUIDv5 of tenant, kind and natural key. No two categories share an id.</param>
public readonly record struct StreamId(string Category, Guid Id);

/// <summary>An id of its own type, so that a customer is never mistaken for an invoice. A UUID on the wire.</summary>
public interface IId<TSelf> where TSelf : struct, IId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

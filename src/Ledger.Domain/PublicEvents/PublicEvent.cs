using Ledger.Domain.Customers;

namespace Ledger.Domain.PublicEvents;

/// <summary>What others are told of an event in the log. Nothing personal is in it: ids, amounts and states.</summary>
/// <param name="Name">One of <see cref="PublicNames"/>.</param>
/// <param name="SubjectId">What it happened to: what is told of one subject is told in order.</param>
/// <param name="CustomerId">Whose it is; null for nobody's.</param>
/// <param name="Data">All that is told, as <see cref="PublicNames.ShapeOf"/> says.</param>
public sealed record PublicEvent(string Name, Guid SubjectId, CustomerId? CustomerId, object Data)
{
    /// <summary>The same for the same event and name, however often it is told, and to whom.</summary>
    public static Guid IdOf(Guid storedEvent, string name) => DerivedId.Of(storedEvent, $"public {name}");
}

/// <summary>An event as it goes out.</summary>
/// <param name="Id">Names it for ever: what was seen under this id before is the same.</param>
/// <param name="Type">Its public name.</param>
/// <param name="Version">Of the shape of <paramref name="Data"/>; members may be added without another.</param>
/// <param name="Timestamp">When it was true, by the tenant's clock.</param>
/// <param name="Position">Its place in the log: later events have higher ones. Two that come of one have the same.</param>
/// <param name="Sequence">Its place among what one endpoint is told of the subject, from 1 and without gaps; absent in the feed.</param>
public sealed record PublicEnvelope(
    Guid Id, string Type, int Version, Instant Timestamp, long? Position, Guid SubjectId, long? Sequence, object Data);

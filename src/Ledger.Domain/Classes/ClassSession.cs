using System.Collections.Immutable;
using Ledger.Domain.Bookings;

namespace Ledger.Domain.Classes;

/// <summary>What can happen to a class session. Stored forever: add cases, never edit them.</summary>
public abstract record ClassSessionEvent : IEvent
{
    private protected ClassSessionEvent() { }
}

/// <param name="Capacity">How many can take part.</param>
/// <param name="Price">Of one place; null when it is had for a class of a credit alone.</param>
public sealed record ClassSessionCreated(
    ClassSessionId Id, string Name, Instant StartsAt, int Capacity, Money? Price = null, int? DurationMinutes = null, string? Description = null)
    : ClassSessionEvent;

/// <summary>A place is kept for a booking that is not confirmed yet.</summary>
/// <param name="Until">From then on, whoever needs the place may have it.</param>
public sealed record ClassPlaceHeld(ClassSessionId Id, BookingId BookingId, Instant Until) : ClassSessionEvent;

/// <summary>The booking is confirmed: the place is its own.</summary>
public sealed record ClassPlaceTaken(ClassSessionId Id, BookingId BookingId) : ClassSessionEvent;

/// <summary>The booking has no place any more.</summary>
public sealed record ClassPlaceFreed(ClassSessionId Id, BookingId BookingId) : ClassSessionEvent;

/// <summary>A class at its time, and who has a place in it.</summary>
public abstract record ClassSession : IState<ClassSession, ClassSessionEvent>
{
    private ClassSession() { }

    public sealed record Unknown : ClassSession;

    public sealed record Known(
        ClassSessionId Id, string Name, Instant StartsAt, int Capacity, Money? Price, int? DurationMinutes, string? Description) : ClassSession
    {
        public ImmutableDictionary<BookingId, ClassPlace> Places { get; init; } = ImmutableDictionary<BookingId, ClassPlace>.Empty;

        public int PlacesLeft => Capacity - Places.Count;

        /// <summary>The booking whose hold was over first; null when none is over.</summary>
        public BookingId? FirstLapsed(Instant now) => Places.Where(one => one.Value.HeldUntil <= now)
            .OrderBy(one => one.Value.HeldUntil).ThenBy(one => one.Key.Value).Select(one => (BookingId?)one.Key).FirstOrDefault();
    }

    public static ClassSession Initial { get; } = new Unknown();

    public static ClassSession Evolve(ClassSession state, ClassSessionEvent @event) => @event switch
    {
        ClassSessionCreated made => new Known(
            made.Id, made.Name, made.StartsAt, made.Capacity, made.Price, made.DurationMinutes, made.Description),
        ClassPlaceHeld held => Place((Known)state, held.BookingId, new(held.Until)),
        ClassPlaceTaken taken => Place((Known)state, taken.BookingId, new(HeldUntil: null)),
        ClassPlaceFreed freed => (Known)state with { Places = ((Known)state).Places.Remove(freed.BookingId) },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    private static Known Place(Known state, BookingId booking, ClassPlace place) =>
        state with { Places = state.Places.SetItem(booking, place) };
}

/// <summary>A place that a booking has.</summary>
/// <param name="HeldUntil">Null once it is confirmed.</param>
public sealed record ClassPlace(Instant? HeldUntil);

/// <summary>Every "no" a class session can say.</summary>
public static class ClassSessionRejections
{
    public static readonly Rejection NotFound = new("class_session_not_found", RejectionKind.NotFound, "No class session has this id.");

    public static readonly Rejection Begun = new("class_begun", RejectionKind.Conflict, "The class has begun.");

    public static readonly Rejection Full = new("class_full", RejectionKind.Conflict, "Every place in the class is taken.");
}

using Ledger.Domain.Bookings;

namespace Ledger.Projections.Figures;

/// <summary>Bookings by who made them, and by status.</summary>
internal static class BookingFigures
{
    public static IEnumerable<Figure> Of(BookingEvent @event, StoredEvent happened, IFigureStates<KnownThing> states)
    {
        var id = happened.Stream.Id;
        var before = (states[id] as KnownBooking)?.Status;
        var after = @event switch { BookingCreated => "pending", BookingConfirmed => "confirmed", BookingCancelled => "cancelled", _ => before };
        if (after is null || after == before) return [];
        states[id] = new KnownBooking(after);
        return before is null
            ? [new(Measure.Bookings, after, "", 1, 0), new(Measure.BookingsMade, LedgerFigures.MadeBy(happened), "", 1, 0)]
            : [new(Measure.Bookings, before, "", -1, 0), new(Measure.Bookings, after, "", 1, 0)];
    }
}

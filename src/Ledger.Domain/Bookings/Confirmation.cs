using Ledger.Domain.Classes;

namespace Ledger.Domain.Bookings;

/// <summary>What happens when a booking has been paid, in whatever way.</summary>
internal static class Confirmation
{
    /// <param name="credit">Of which a class was used; null when money was taken.</param>
    public static async ValueTask<JointDecision> Append(
        JointDecision decision, Booking.Known booking, ClassCreditId? credit, LocalDate today, IStates states)
    {
        _ = decision.Append(booking.Id.Stream, new BookingConfirmed(booking.Id, today, credit));
        return await PlaceOf(booking, states) is { } session
            ? decision.Append(session.Stream, new ClassPlaceTaken(session, booking.Id))
            : decision;
    }

    /// <summary>The class in which a booking has a place; null where it has none.</summary>
    public static async ValueTask<ClassSessionId?> PlaceOf(Booking.Known booking, IStates states) =>
        booking.ClassSessionId is { } id && await states.Of<ClassSession, ClassSessionEvent>(id.Stream) is ClassSession.Known session
            && session.Places.ContainsKey(booking.Id) ? id : null;
}

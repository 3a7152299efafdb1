using Ledger.Domain.Classes;

namespace Ledger.Domain.Bookings;

/// <summary>End a booking. Its place is free; a class that it used comes back. Cancelling again changes nothing.</summary>
/// <remarks>Refuses with <c>booking_not_found</c>. Money that was paid stays: a refund is asked for where refunds are.</remarks>
public sealed record CancelBooking(BookingId Id, string? Reason, Instant Now, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Booking, BookingEvent>(Id.Stream) is not Booking.Known booking) return BookingRejections.NotFound;
        if (booking.Status is BookingStatus.Cancelled) return JointDecision.Nothing;

        var decision = new JointDecision().Append(Id.Stream, new BookingCancelled(Id, Today, Reason));
        if (await Confirmation.PlaceOf(booking, states) is { } session) _ = decision.Append(session.Stream, new ClassPlaceFreed(session, Id));
        return booking.ClassCreditId is { } credit && await states.Of<ClassCredit, ClassCreditEvent>(credit.Stream) is ClassCredit.Known used
            ? ClassReturn.Append(decision, used, Id, Now, Today)
            : decision;
    }
}

using Ledger.Domain.Classes;

namespace Ledger.Domain.Bookings;

/// <summary>End a booking that was not paid while a place was kept for it. Before that, and once it is paid, nothing happens.</summary>
public sealed record CancelLapsedBooking(BookingId Id, Instant Now, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Booking, BookingEvent>(Id.Stream) is not Booking.Known { Status: BookingStatus.Pending } booking || !(booking.HeldUntil <= Now))
            return JointDecision.Nothing;

        var decision = new JointDecision().Append(Id.Stream, new BookingCancelled(Id, Today, HoldLapsed: true));
        return await Confirmation.PlaceOf(booking, states) is { } session
            ? decision.Append(session.Stream, new ClassPlaceFreed(session, Id))
            : decision;
    }
}

/// <summary>Cancel a booking, if it was not paid in time.</summary>
public sealed record LetBookingLapse(BookingId Id) : IMessage;

/// <summary>A place is kept for a booking for a while, and no longer.</summary>
public sealed class BookingHoldPolicy : IPolicy
{
    public string Name => "booking_hold";

    public IEnumerable<Send> React(IEvent @event, EventContext context) =>
        @event is BookingCreated { HeldUntil: { } until } made ? [new(new LetBookingLapse(made.Id), until)] : [];
}

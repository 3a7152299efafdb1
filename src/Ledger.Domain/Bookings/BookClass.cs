using Ledger.Domain.Classes;
using Ledger.Domain.Customers;

namespace Ledger.Domain.Bookings;

/// <summary>Keep a place in a class for a customer, for a quarter of an hour until it is paid. Repeating it with the same id changes nothing.</summary>
/// <remarks>
/// Refuses with <c>customer_not_found</c>, <c>class_session_not_found</c>, <c>intake_profile_required</c>,
/// <c>intake_profile_expired</c>, <c>class_begun</c> from its first minute on, <c>class_full</c>. In a full class, the place whose time was over first goes to who asks now, and the
/// booking that had it is cancelled.
/// </remarks>
public sealed record BookClass(BookingId Id, CustomerId CustomerId, ClassSessionId ClassSessionId, Instant Now, LocalDate Today) : IJointCommand
{
    /// <summary>How long a place waits for its payment.</summary>
    private static readonly Duration HeldFor = Duration.FromMinutes(15);

    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<Booking, BookingEvent>(Id.Stream) is not Booking.Unknown) return JointDecision.Nothing;
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (await states.Of<ClassSession, ClassSessionEvent>(ClassSessionId.Stream) is not ClassSession.Known session)
            return ClassSessionRejections.NotFound;
        if (session.StartsAt <= Now) return ClassSessionRejections.Begun;
        if (await states.Of<IntakeProfile, IntakeProfileEvent>(IntakeProfileId.Of(CustomerId).Stream) is not IntakeProfile.Known profile)
            return IntakeProfileRejections.Required;
        if (!profile.IsValidAt(Now)) return IntakeProfileRejections.Expired;

        var decision = new JointDecision();
        if (session.PlacesLeft <= 0)
        {
            if (session.FirstLapsed(Now) is not { } lapsed) return ClassSessionRejections.Full;
            var before = (Booking.Known)await states.Of<Booking, BookingEvent>(lapsed.Stream);
            _ = decision.Append(session.Id.Stream, new ClassPlaceFreed(session.Id, lapsed))
                .Append(lapsed.Stream, new BookingCancelled(before.Id, Today, HoldLapsed: true));
        }

        var until = Now + HeldFor;
        return decision.Append(session.Id.Stream, new ClassPlaceHeld(session.Id, Id, until))
            .Append(Id.Stream, new BookingCreated(Id, BookingKind.Class, CustomerId, Today, session.Price, session.Id, until));
    }
}

using Ledger.Domain.Bookings;

namespace Ledger.Domain.Classes;

/// <summary>Give back the class that a booking has used, once. Cancelling the booking does so already.</summary>
/// <remarks>
/// Refuses with <c>class_credit_not_found</c>, <c>class_credit_not_used</c>, and <c>booking_not_cancelled</c> while the booking has its
/// place: it would be had for nothing. A class that came back already changes nothing. A credit
/// whose time is up stays expired: the class is counted, and cannot be used. Where the money went back, the class goes too.
/// </remarks>
public sealed record RefundClassCredit(ClassCreditId Id, BookingId BookingId, Instant Now, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.Of<ClassCredit, ClassCreditEvent>(Id.Stream);
        var booking = await states.Of<Booking, BookingEvent>(BookingId.Stream);
        if (state is not ClassCredit.Known credit) return ClassCreditRejections.NotFound;
        if (booking is not Booking.Known known || !credit.Uses.ContainsKey(BookingId)) return ClassCreditRejections.NotUsed;
        if (known.Status is not BookingStatus.Cancelled) return BookingRejections.NotCancelled;
        return ClassReturn.Append(new JointDecision(), credit, BookingId, Now, Today);
    }
}

/// <summary>What happens when the class that a booking has used comes back.</summary>
internal static class ClassReturn
{
    /// <summary>Nothing, where it came back before.</summary>
    public static JointDecision Append(JointDecision decision, ClassCredit.Known credit, BookingId booking, Instant now, LocalDate today)
    {
        var use = credit.Uses[booking];
        if (use.IsReturned) return decision;

        _ = decision.Append(credit.Id.Stream, new ClassCreditRefunded(credit.Id, booking, use.Value, today))
            .Append(booking.Stream, new BookingCreditReturned(booking, credit.Id));
        if (credit.VoidedBy is { } refund) return decision.Append(credit.Id.Stream, new ClassCreditVoided(credit.Id, refund, use.Value, 1, today));
        if (!credit.IsExpired && now < credit.ExpiresAt) return decision;

        var classes = credit.IsExpired ? 1 : credit.Remaining + 1;
        return decision.Append(credit.Id.Stream, new ClassCreditExpired(credit.Id, credit.ValueLeft + use.Value, classes, today));
    }
}

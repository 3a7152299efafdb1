using Ledger.Domain.Bookings;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Classes;

/// <summary>Use one class of a credit for a booking, which is confirmed by it. For the same booking again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>class_credit_not_found</c>, <c>booking_not_found</c> (also for another customer's), <c>booking_cancelled</c>,
/// <c>booking_already_paid</c>, <c>class_credit_not_valid</c>, also while all that was paid for it is on its way back. A place whose time is over, and that nobody else has taken, is still
/// the booking's.
/// </remarks>
public sealed record UseClassCredit(ClassCreditId Id, BookingId BookingId, Instant Now, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.Of<ClassCredit, ClassCreditEvent>(Id.Stream);
        var booked = await states.Of<Booking, BookingEvent>(BookingId.Stream);
        if (state is not ClassCredit.Known credit) return ClassCreditRejections.NotFound;
        if (booked is not Booking.Known booking || booking.CustomerId != credit.CustomerId) return BookingRejections.NotFound;
        if (booking.Status is BookingStatus.Cancelled) return BookingRejections.Cancelled;
        if (credit.Uses.ContainsKey(BookingId)) return JointDecision.Nothing;
        if (booking.Refusal is { } refusal) return refusal;
        if (await ChargeableCustomer.Refusal(states, credit.CustomerId) is { } gone) return gone;
        if (!credit.IsValidAt(Now)) return ClassCreditRejections.NotValid;
        if (await states.Of<Payment, PaymentEvent>(credit.PaymentId.Stream) is Payment.Known payment && ClassMoneyBack.IsAll(payment, Money.Zero(payment.Captured.Currency)))
            return ClassCreditRejections.NotValid;

        var value = ClassValues.Of(credit.ValueLeft, credit.Remaining)[0];
        return await Confirmation.Append(
            new JointDecision().Append(Id.Stream, new ClassCreditUsed(Id, BookingId, value, Today)), booking, Id, Today, states);
    }
}

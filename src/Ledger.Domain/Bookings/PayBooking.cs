using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Bookings;

/// <summary>Take down that a payment system outside has taken the money for a booking, which is confirmed by it.</summary>
/// <remarks>
/// Refuses with <c>booking_not_found</c>, <c>booking_price_missing</c>, <c>amount_mismatch</c>, <c>payment_id_reused</c> when that
/// payment was told of with other content, <c>booking_cancelled</c>, <c>booking_already_paid</c>. The same payment with the same
/// content changes nothing. A place whose time is over, and that nobody else has taken, is still the booking's.
/// </remarks>
/// <param name="OutsidePaymentId">What the system outside calls the payment.</param>
public sealed record PayBooking(BookingId Id, TenantId Tenant, string OutsidePaymentId, Money Amount, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var payment = PaymentId.TakenOutside(Tenant, OutsidePaymentId);
        if (await states.Of<Booking, BookingEvent>(Id.Stream) is not Booking.Known booking) return BookingRejections.NotFound;
        if (booking.Price is not { } price) return BookingRejections.NoPrice;
        if (Amount != price) return PaymentRejections.Expected(price);
        if (await states.OfNew<Payment, PaymentEvent>(payment.Stream) is not Payment.Unknown)
            return booking.PaymentId == payment ? JointDecision.Nothing : PaymentRejections.IdReused;
        if (await ChargeableCustomer.Refusal(states, booking.CustomerId) is { } gone) return gone;
        if (booking.Refusal is { } refusal) return refusal;

        var bought = new Purchase(PurchaseKind.Booking, Id.Value);
        var decision = new JointDecision()
            .Append(payment.Stream, OutsidePayment.Taken(payment, booking.CustomerId, Amount, bought, OutsidePaymentId, Today))
            .Append(Id.Stream, new BookingPaid(Id, payment, OutsidePaymentId, Amount, Today));
        return await Confirmation.Append(decision, booking, credit: null, Today, states);
    }
}

using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Bookings;

/// <summary>What can happen to a booking. Stored forever: add cases, never edit them.</summary>
public abstract record BookingEvent : IEvent
{
    private protected BookingEvent() { }
}

/// <param name="Kind">What is booked; which of the members below say more follows from it.</param>
/// <param name="Price">What it costs, as agreed now; null when it cannot be paid with money.</param>
/// <param name="ClassSessionId">The class, of a booking of one.</param>
/// <param name="HeldUntil">How long a place is kept before it is paid; null when none is.</param>
public sealed record BookingCreated(
    BookingId Id, BookingKind Kind, CustomerId CustomerId, LocalDate On, Money? Price = null, ClassSessionId? ClassSessionId = null,
    Instant? HeldUntil = null) : BookingEvent;

/// <summary>It was paid with money, which a payment system outside has taken.</summary>
/// <param name="PaymentId">The payment, by our id.</param>
/// <param name="OutsidePaymentId">The payment, as the system that took the money calls it.</param>
public sealed record BookingPaid(BookingId Id, PaymentId PaymentId, string OutsidePaymentId, Money Amount, LocalDate On) : BookingEvent;

/// <summary>It takes place.</summary>
/// <param name="ClassCreditId">The credit of which a class was used for it; null when it was paid otherwise.</param>
public sealed record BookingConfirmed(BookingId Id, LocalDate On, ClassCreditId? ClassCreditId = null) : BookingEvent;

/// <summary>The class that was used for it came back.</summary>
public sealed record BookingCreditReturned(BookingId Id, ClassCreditId ClassCreditId) : BookingEvent;

/// <param name="HoldLapsed">Whether it was not paid in time, and nobody asked for the end of it.</param>
public sealed record BookingCancelled(BookingId Id, LocalDate On, string? Reason = null, bool HoldLapsed = false) : BookingEvent;

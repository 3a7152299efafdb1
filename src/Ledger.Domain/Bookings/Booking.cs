using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Bookings;

public readonly record struct BookingId(Guid Value) : IId<BookingId>
{
    public static BookingId From(Guid value) => new(value);

    public StreamId Stream => new("booking", Value);
}

/// <summary>What can be booked.</summary>
public enum BookingKind { Class }

public enum BookingStatus { Pending, Confirmed, Cancelled }

public enum BookingPaymentStatus { Pending, Paid, CreditUsed, Refunded }

/// <summary>A booking, as it stands now.</summary>
public abstract record Booking : IState<Booking, BookingEvent>
{
    private Booking() { }

    public sealed record Unknown : Booking;

    public sealed record Known(
        BookingId Id, BookingKind Kind, CustomerId CustomerId, Money? Price, ClassSessionId? ClassSessionId, Instant? HeldUntil,
        BookingStatus Status, BookingPaymentStatus PaymentStatus) : Booking
    {
        public PaymentId? PaymentId { get; init; }

        public string? OutsidePaymentId { get; init; }

        public Money? PaymentAmount { get; init; }

        public ClassCreditId? ClassCreditId { get; init; }

        /// <summary>Why it cannot be paid, in whatever way; null when it can.</summary>
        internal Rejection? Refusal => Status switch
        {
            BookingStatus.Pending => null,
            BookingStatus.Cancelled => BookingRejections.Cancelled,
            _ => BookingRejections.AlreadyPaid,
        };
    }

    public static Booking Initial { get; } = new Unknown();

    public static Booking Evolve(Booking state, BookingEvent @event) => @event switch
    {
        BookingCreated made => new Known(
            made.Id, made.Kind, made.CustomerId, made.Price, made.ClassSessionId, made.HeldUntil, BookingStatus.Pending, BookingPaymentStatus.Pending),
        BookingPaid paid => (Known)state with
        {
            PaymentStatus = BookingPaymentStatus.Paid, PaymentId = paid.PaymentId, OutsidePaymentId = paid.OutsidePaymentId, PaymentAmount = paid.Amount,
        },
        BookingConfirmed confirmed => (Known)state with
        {
            Status = BookingStatus.Confirmed, HeldUntil = null, ClassCreditId = confirmed.ClassCreditId,
            PaymentStatus = confirmed.ClassCreditId is null ? ((Known)state).PaymentStatus : BookingPaymentStatus.CreditUsed,
        },
        BookingCreditReturned => (Known)state with { PaymentStatus = BookingPaymentStatus.Refunded },
        BookingCancelled => (Known)state with { Status = BookingStatus.Cancelled, HeldUntil = null },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a booking can say.</summary>
public static class BookingRejections
{
    public static readonly Rejection NotFound = new("booking_not_found", RejectionKind.NotFound, "No booking has this id.");

    public static readonly Rejection Cancelled = new("booking_cancelled", RejectionKind.Conflict, "The booking is cancelled.");

    public static readonly Rejection NotCancelled = new(
        "booking_not_cancelled", RejectionKind.Conflict, "The booking still has its place. Cancel it: its class comes back with that.");

    public static readonly Rejection AlreadyPaid = new("booking_already_paid", RejectionKind.Conflict, "The booking is paid.");

    public static readonly Rejection NoPrice = new(
        "booking_price_missing", RejectionKind.Unprocessable, "The booking has no price in money; use a class of a credit.");
}

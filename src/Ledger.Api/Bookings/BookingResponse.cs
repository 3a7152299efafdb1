using Ledger.Domain.Amounts;
using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Customers;
using Ledger.Projections.Bookings;

namespace Ledger.Api.Bookings;

/// <summary>How a booking was paid.</summary>
public enum BookingPaymentType { SingleClass, Credit }

/// <summary>A booking on the wire.</summary>
/// <param name="Price">Absent when it cannot be paid with money.</param>
/// <param name="HeldUntil">Until when a place is kept; absent once it is confirmed or cancelled.</param>
/// <param name="PaymentId">What the system that took the money calls the payment; absent without one.</param>
/// <param name="ClassCreditId">The credit of which a class was used.</param>
public sealed record BookingResponse(
    BookingId Id, BookingKind Kind, CustomerId CustomerId, ClassSessionId? ClassSessionId, BookingStatus Status, BookingPaymentStatus PaymentStatus,
    Money? Price, Instant? HeldUntil, string? PaymentId, Money? PaymentAmount, BookingPaymentType? PaymentType, ClassCreditId? ClassCreditId)
{
    public static BookingResponse From(Booking.Known known) => new(
        known.Id, known.Kind, known.CustomerId, known.ClassSessionId, known.Status, known.PaymentStatus, known.Price, known.HeldUntil,
        known.OutsidePaymentId, known.PaymentAmount, TypeOf(known.OutsidePaymentId, known.ClassCreditId), known.ClassCreditId);

    public static BookingResponse From(BookingRow row)
    {
        ClassCreditId? credit = row.ClassCreditId is { } id ? new(id) : null;
        return new(
            new(row.Id), Word<BookingKind>(row.Kind), new(row.CustomerId), row.ClassSessionId is { } session ? new(session) : null,
            Word<BookingStatus>(row.Status), Word<BookingPaymentStatus>(row.PaymentStatus), AmountOf(row.Price, row.Currency), row.HeldUntil,
            row.PaymentId, AmountOf(row.PaymentAmount, row.Currency), TypeOf(row.PaymentId, credit), credit);
    }

    internal static BookingPaymentType? TypeOf(string? payment, ClassCreditId? credit) =>
        credit is not null ? BookingPaymentType.Credit : payment is not null ? BookingPaymentType.SingleClass : null;

    private static TEnum Word<TEnum>(string word) where TEnum : struct, Enum =>
        Enum.Parse<TEnum>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);

    private static Money? AmountOf(long? amount, string? currency) => amount is { } units ? new(units, Currency.Parse(currency!)) : null;
}

/// <summary>How a booking was paid, on the wire.</summary>
/// <param name="PaymentId">What the system that took the money calls the payment; absent without one.</param>
public sealed record BookingPaymentResponse(
    BookingId BookingId, BookingStatus Status, BookingPaymentStatus PaymentStatus, string? PaymentId, Money? PaymentAmount,
    BookingPaymentType? PaymentType, ClassCreditId? ClassCreditId)
{
    public static BookingPaymentResponse From(Booking.Known known) => new(
        known.Id, known.Status, known.PaymentStatus, known.OutsidePaymentId, known.PaymentAmount,
        BookingResponse.TypeOf(known.OutsidePaymentId, known.ClassCreditId), known.ClassCreditId);
}

/// <summary>What the commands of a booking answer: the booking, as decided.</summary>
internal static class BookingAnswers
{
    public static Task<IResult> Change(this Call call, BookingId id, IJointCommand command, CancellationToken ct) => call.Run(command, outcome =>
    {
        var (state, version) = outcome.Of<Booking>(id.Stream);
        return Answer.Ok(BookingResponse.From((Booking.Known)state), version);
    }, ct);
}

using Ledger.Domain.Amounts;
using Ledger.Domain.Bookings;
using Ledger.Domain.Payments;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Bookings;

internal static class BookingPaymentEndpoints
{
    public static void MapBookingPayments(this IEndpointRouteBuilder bookings)
    {
        _ = bookings.MapPost("/{booking_id:guid}/payments", Pay)
            .Is("recordBookingPayment", "Take down that the money for a booking was taken outside, which confirms it; payment_id is the natural key.", Who.Staff)
            .Takes<Request>().Produces<BookingResponse>()
            .Rejects(BookingRejections.NotFound, BookingRejections.NoPrice, PaymentRejections.AmountMismatch, PaymentRejections.IdReused,
                BookingRejections.Cancelled, BookingRejections.AlreadyPaid);
        _ = bookings.MapGet("/{booking_id:guid}/payment-status", Get).Is("getBookingPaymentStatus", "How a booking was paid, if it was.", Who.CustomerOwn)
            .Reads<BookingPaymentResponse>().Rejects(BookingRejections.NotFound);
    }

    private static async Task<IResult> Pay([FromRoute(Name = "booking_id")] Guid bookingId, Body<Request> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.PaymentId, "/payment_id", 200)
            .And(request.PaymentType is BookingPaymentType.SingleClass, "/payment_type", "unknown_value", "single_class; a class of a credit is used at the credit.").OrRefuse();
        var amount = new Money(request.Amount, request.Currency ?? call.Caller.Tenant.Currency);
        return await call.Change(new(bookingId), new PayBooking(new(bookingId), call.Caller.Tenant.Id, request.PaymentId, amount, call.Today), ct);
    }

    private static async Task<IResult> Get([FromRoute(Name = "booking_id")] Guid bookingId, Call call, StateReader states, CancellationToken ct)
    {
        var (booking, version) = await states.Find(call, bookingId, ct);
        return new AnswerResult(Answer.Ok(BookingPaymentResponse.From(booking), version));
    }

    /// <param name="PaymentId">What the system that took the money calls the payment.</param>
    /// <param name="Amount">What was taken, in the smallest unit: the price of the booking.</param>
    /// <param name="Currency">Absent for the tenant's.</param>
    internal sealed record Request(
        string PaymentId, long Amount, Currency? Currency = null, BookingPaymentType PaymentType = BookingPaymentType.SingleClass);
}

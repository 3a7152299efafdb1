using Ledger.Domain.Bookings;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Bookings;

internal static class CancelBookingEndpoint
{
    public static void MapCancelBooking(this IEndpointRouteBuilder bookings) => bookings
        .MapPost("/{booking_id:guid}/cancel", Cancel)
        .Is("cancelBooking", "End a booking. Its place is free, and a class that was used for it comes back; money does not by itself.", Who.CustomerOwn)
        .Takes<Request>().Produces<BookingResponse>().Rejects(BookingRejections.NotFound);

    private static async Task<IResult> Cancel([FromRoute(Name = "booking_id")] Guid bookingId, Body<Request> body, Call call, CancellationToken ct)
    {
        new Check().Text(body.Value.Reason, "/reason", 500).OrRefuse();
        return await call.Change(new(bookingId), new CancelBooking(new(bookingId), body.Value.Reason, call.Now, call.Today), ct);
    }

    internal sealed record Request(string? Reason = null);
}

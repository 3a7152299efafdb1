using Ledger.Domain.Bookings;
using Ledger.Projections;
using Ledger.Projections.Bookings;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Bookings;

internal static class ReadBookingsEndpoints
{
    public static void MapReadBookings(this IEndpointRouteBuilder bookings)
    {
        _ = bookings.MapGet("/", List)
            .Is("listBookings", "List bookings, newest first; by customer_id, class_session_id, kind or status.", Who.CustomerOwn).Lists<BookingResponse>().ReadsEarlier();
        _ = bookings.MapGet("/{booking_id:guid}", Get).Is("getBooking", "Read a booking, as it is now, or as it was at an instant.", Who.CustomerOwn)
            .Reads<BookingResponse>().ReadsEarlier().Rejects(BookingRejections.NotFound);
    }

    /// <exception cref="ProblemException">The tenant has no such booking.</exception>
    public static async Task<(Booking.Known Booking, long Version)> Find(this StateReader states, Call call, Guid id, CancellationToken ct) =>
        await states.WithVersion<Booking, BookingEvent>(call.Tenant, new BookingId(id).Stream, ct) is (Booking.Known known, var version)
            ? (known, version)
            : throw new ProblemException(Problem.Of(BookingRejections.NotFound));

    private static async Task<IResult> List(HttpContext http, Call call, Page page, AsOf asOf, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<BookingRow>(call.Tenant, "bookings", page.Wanted,
            [
                ("customer_id = {0}", call.Only(Filter.Id(http, "customer_id"))), ("class_session_id = {0}", Filter.Id(http, "class_session_id")),
                ("kind = {0}", Filter.Word<BookingKind>(http, "kind")), ("status = {0}", Filter.Word<BookingStatus>(http, "status")),
            ], row => row.CreatedPosition, asOf.Time, ct);
        return TypedResults.Json(page.Answer(found, BookingResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "booking_id")] Guid bookingId, Call call, HttpContext http, AsOf asOf) =>
        await http.Read<Booking, BookingEvent>(call, new BookingId(bookingId).Stream, asOf) is (Booking.Known booking, var version)
            ? new AnswerResult(Answer.Ok(BookingResponse.From(booking), version))
            : throw new ProblemException(Problem.Of(BookingRejections.NotFound));
}

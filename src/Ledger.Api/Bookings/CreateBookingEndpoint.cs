using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.Domain.Customers;

namespace Ledger.Api.Bookings;

internal static class CreateBookingEndpoint
{
    public static void MapCreateBooking(this IEndpointRouteBuilder bookings) => bookings
        .MapPost("/", Create)
        .Is("createBooking", "Book a place in a class. It is kept for 15 minutes, until it is paid or a class of a credit is used for it.", Who.CustomerOwn)
        .Takes<Request>().Produces<BookingResponse>(201).Keyed()
        .Rejects(CustomerRejections.NotFound, ClassSessionRejections.NotFound, ClassSessionRejections.Begun, ClassSessionRejections.Full, IntakeProfileRejections.Required, IntakeProfileRejections.Expired);

    private static async Task<IResult> Create(Body<Request> body, Call call, CancellationToken ct)
    {
        var customer = call.Only(body.Value.CustomerId?.Value);
        Check.That(customer is not null, "/customer_id", "required", "Whose booking it is.").OrRefuse();
        var id = new BookingId(Guid.CreateVersion7());
        var command = new BookClass(id, new(customer!.Value), body.Value.ClassSessionId, call.Now, call.Today);
        return await call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<Booking>(id.Stream);
            return Answer.Created($"/api/v1/bookings/{id.Value}", BookingResponse.From((Booking.Known)state), version);
        }, ct);
    }

    /// <param name="CustomerId">Absent for the customer who asks.</param>
    /// <param name="Kind">What is booked; absent for a class.</param>
    internal sealed record Request(ClassSessionId ClassSessionId, CustomerId? CustomerId = null, BookingKind? Kind = null);
}

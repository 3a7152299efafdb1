namespace Ledger.Api.Bookings;

internal static class BookingRoutes
{
    public static void MapBookings(this IEndpointRouteBuilder api)
    {
        var bookings = api.MapGroup("/bookings").WithTags("Bookings");
        bookings.MapCreateBooking();
        bookings.MapReadBookings();
        bookings.MapCancelBooking();
        bookings.MapBookingPayments();
    }
}

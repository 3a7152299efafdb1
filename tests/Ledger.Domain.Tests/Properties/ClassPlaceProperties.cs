using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Properties;

/// <summary>A class with few places and many who want them, over some hours.</summary>
public class ClassPlaceProperties
{
    private const int BookingsMax = 15;

    [Fact]
    public void A_booking_has_the_place_that_its_status_says_and_no_class_is_overbooked() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => Live(new Picker(seed), ledger =>
        {
            var session = (ClassSession.Known)ledger.State<ClassSession, ClassSessionEvent>(Yoga.Stream);
            session.PlacesLeft.ShouldBeInRange(0, session.Capacity);
            foreach (var id in Enumerable.Range(0, BookingsMax).Select(Numbered))
            {
                var place = session.Places.GetValueOrDefault(id);
                if (ledger.State<Booking, BookingEvent>(id.Stream) is not Booking.Known booking) place.ShouldBeNull();
                else (place is not null, place?.HeldUntil).ShouldBe((booking.Status is not BookingStatus.Cancelled, booking.HeldUntil));
            }
        })).QuickCheckThrowOnFailure();

    [Fact]
    public void Who_is_confirmed_loses_the_place_by_cancelling_alone() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var log = Live(new Picker(seed), _ => { }).Log.Select(one => one.Event).ToList();
        foreach (var lapsed in log.OfType<BookingCancelled>().Where(one => one.HoldLapsed))
            log.OfType<BookingConfirmed>().ShouldNotContain(confirmed => confirmed.Id == lapsed.Id);
    }).QuickCheckThrowOnFailure();

    private static MemoryLedger Live(Picker pick, Action<MemoryLedger> holds)
    {
        var ledger = Studio(capacity: pick.Int(1, 3)).After(Buy()).Ledger;
        var now = Now;
        for (var i = 0; i < 60; i++)
        {
            now += Duration.FromMinutes(pick.One(0, 0, 1, 7, 16));
            var booking = Numbered(pick.Int(0, BookingsMax - 1));
            _ = pick.Int(0, 9) switch
            {
                < 5 => ledger.Run(Book(booking, pick.One(Jon, Anna), now)),
                5 => ledger.Run(Pay(booking, $"pi_{pick.Int(0, 9)}")),
                6 => ledger.Run(Use(booking, now)),
                7 => ledger.Run(Cancel(booking, now)),
                _ => ledger.Run(new CancelLapsedBooking(booking, now, Start)),
            };
            holds(ledger);
        }

        return ledger;
    }

    private static BookingId Numbered(int number) => BookingId.From(Number(1000 + number));
}

using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Bookings;

public class PaidBookingTests
{
    private static readonly PaymentId Payment = PaymentId.TakenOutside(Bakery, "pi_B");

    [Fact]
    public void The_payment_and_the_booking_are_taken_down_together() => Studio().After(Book(First)).When(Pay(First)).Then(
        new PaymentInitiated(Payment, null, Jon, null, Isk(500), null, "external", Start, new(PurchaseKind.Booking, First.Value)),
        new PaymentCaptured(Payment, 1, "pi_B", Start, Isk(500), "external"),
        new BookingPaid(First, Payment, "pi_B", Isk(500), Start),
        new BookingConfirmed(First, Start),
        new ClassPlaceTaken(Yoga, First));

    [Fact]
    public void The_same_payment_again_changes_nothing()
    {
        Studio().After(Book(First)).After(Pay(First)).When(Pay(First)).ThenNothing();
        Studio().After(Book(First)).After(Pay(First)).After(Cancel(First)).When(Pay(First)).ThenNothing();
    }

    [Fact]
    public void One_payment_pays_one_thing()
    {
        Studio().After(Book(First)).After(Book(Second)).After(Pay(First)).When(Pay(Second)).ThenRejected(PaymentRejections.IdReused);
        Bought().When(Pay(First, "pi_A")).ThenRejected(PaymentRejections.IdReused);
    }

    [Fact]
    public void The_amount_is_the_price_of_the_day_it_was_booked()
    {
        Studio().After(Book(First)).When(Pay(First, amount: 499)).ThenRejected(PaymentRejections.AmountMismatch);
        Studio().After(Book(First)).After(Pay(First)).When(Pay(First, amount: 499)).ThenRejected(PaymentRejections.AmountMismatch);
        var free = JointScenario.Given(First.Stream, new BookingCreated(First, BookingKind.Class, Jon, Start, null, Yoga, Lapse));
        free.When(Pay(First)).ThenRejected(BookingRejections.NoPrice);
    }

    [Fact]
    public void Only_an_open_booking_is_paid()
    {
        Studio().When(Pay(First)).ThenRejected(BookingRejections.NotFound);
        Studio().After(Book(First)).After(Cancel(First)).When(Pay(First)).ThenRejected(BookingRejections.Cancelled);
        Studio().After(Book(First)).After(Pay(First)).When(Pay(First, "pi_C")).ThenRejected(BookingRejections.AlreadyPaid);
        Bought().After(Use(First)).When(Pay(First)).ThenRejected(BookingRejections.AlreadyPaid);
    }

    [Fact]
    public void A_cancelled_booking_frees_its_place_and_keeps_its_money() => Studio().After(Book(First)).After(Pay(First)).When(Cancel(First)).Then(
        new BookingCancelled(First, Start, "ill"), new ClassPlaceFreed(Yoga, First));

    [Fact]
    public void A_cancelled_booking_gives_back_the_class_it_used() => Bought().After(Use(First)).When(Cancel(First)).Then(
        new BookingCancelled(First, Start, "ill"), new ClassPlaceFreed(Yoga, First),
        new ClassCreditRefunded(Credit, First, Isk(334), Start), new BookingCreditReturned(First, Credit));

    [Fact]
    public void Cancelling_again_changes_nothing()
    {
        Bought().After(Use(First)).After(Cancel(First)).When(Cancel(First)).ThenNothing();
        Studio().When(Cancel(First)).ThenRejected(BookingRejections.NotFound);
    }
}

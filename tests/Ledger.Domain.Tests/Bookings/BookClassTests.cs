using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Bookings;

public class BookClassTests
{
    [Fact]
    public void A_place_is_kept_for_a_quarter_of_an_hour() => Studio().When(Book(First)).Then(
        new ClassPlaceHeld(Yoga, First, Lapse), new BookingCreated(First, BookingKind.Class, Jon, Start, Isk(500), Yoga, Lapse));

    [Fact]
    public void Booking_again_changes_nothing() => Studio().After(Book(First)).When(Book(First)).ThenNothing();

    [Fact]
    public void There_are_as_many_places_as_there_are() =>
        Studio().After(Book(First)).After(Book(Second)).When(Book(Third)).ThenRejected(ClassSessionRejections.Full);

    [Fact]
    public void A_place_whose_time_is_over_goes_to_who_asks() => Studio().After(Book(Second)).After(Book(First, at: Now - Duration.FromMinutes(1)))
        .When(Book(Third, Anna, Lapse)).Then(
            new ClassPlaceFreed(Yoga, First), new BookingCancelled(First, Start, HoldLapsed: true),
            new ClassPlaceHeld(Yoga, Third, Lapse + Duration.FromMinutes(15)),
            new BookingCreated(Third, BookingKind.Class, Anna, Start, Isk(500), Yoga, Lapse + Duration.FromMinutes(15)));

    [Fact]
    public void A_confirmed_place_stays() => Studio(capacity: 1).After(Book(First)).After(Pay(First))
        .When(Book(Second, at: Lapse + Duration.FromDays(1))).ThenRejected(ClassSessionRejections.Full);

    [Fact]
    public void Who_books_has_answered_the_questionnaire_and_not_too_long_ago()
    {
        var unasked = JointScenario.Given(Jon.Stream, JonCreated).And(Yoga.Stream, new ClassSessionCreated(Yoga, "Yoga", Healthy.ExpiresAt + Duration.FromDays(1), 1));
        unasked.When(Book(First)).ThenRejected(IntakeProfileRejections.Required);
        unasked.And(Healthy.Id.Stream, Healthy).When(Book(First, at: Healthy.ExpiresAt)).ThenRejected(IntakeProfileRejections.Expired);
        unasked.When(Book(First, at: Healthy.ExpiresAt - Duration.Epsilon)).ThenKinds(typeof(ClassPlaceHeld), typeof(BookingCreated));
    }

    [Fact]
    public void A_class_that_has_begun_is_not_booked()
    {
        var begins = At("2025-11-01T18:00:00Z");
        var studio = Studio().And(ClassSessionId.From(Number(49)).Stream, new ClassSessionCreated(ClassSessionId.From(Number(49)), "Yoga", begins, 5, Isk(500)));
        var late = Book(First, at: begins) with { ClassSessionId = ClassSessionId.From(Number(49)) };
        studio.When(late).ThenRejected(ClassSessionRejections.Begun);
        studio.When(late with { Now = begins - Duration.Epsilon }).ThenKinds(typeof(ClassPlaceHeld), typeof(BookingCreated));
    }

    [Fact]
    public void Only_a_customer_books_and_only_a_class()
    {
        Studio().When(Book(First, CustomerId.From(Number(1)))).ThenRejected(CustomerRejections.NotFound);
        Studio().When(Book(First) with { ClassSessionId = ClassSessionId.From(Number(1)) }).ThenRejected(ClassSessionRejections.NotFound);
    }

    [Fact]
    public void A_place_that_is_not_paid_in_time_is_free_again()
    {
        var booked = Studio().After(Book(First));
        booked.When(new CancelLapsedBooking(First, Lapse - Duration.Epsilon, Start)).ThenNothing();
        booked.When(new CancelLapsedBooking(First, Lapse, Start)).Then(new BookingCancelled(First, Start, HoldLapsed: true), new ClassPlaceFreed(Yoga, First));
        booked.When(new CancelLapsedBooking(First, Lapse, Start)).ThenNothing();
        Studio().After(Book(First)).After(Pay(First)).When(new CancelLapsedBooking(First, Lapse, Start)).ThenNothing();
        Studio().When(new CancelLapsedBooking(First, Lapse, Start)).ThenNothing();
    }

    [Fact]
    public void The_end_of_a_hold_is_seen_to()
    {
        var made = new BookingCreated(First, BookingKind.Class, Jon, Start, null, Yoga, Lapse);
        new BookingHoldPolicy().React(made, default).ShouldBe([new Send(new LetBookingLapse(First), Lapse)]);
        new BookingHoldPolicy().React(made with { HeldUntil = null }, default).ShouldBeEmpty();
    }
}

using Ledger.Domain.Bookings;
using Ledger.Domain.Classes;
using Ledger.EventStore.Events;
using Ledger.Projections.Bookings;
using Ledger.Projections.Classes;
using static Ledger.Projections.Tests.Shop;

namespace Ledger.Projections.Tests;

/// <summary>What the rows of classes and bookings say after events.</summary>
public sealed class ClassViewTests
{
    private static readonly BookingId Booking = new(Number(40));
    private static readonly ClassSessionId Yoga = new(Number(41));
    private static readonly ClassPackageId Pass = new(Number(42));
    private static readonly ClassCreditId Credit = new(Number(43));
    private static readonly ClassCreditIssued Issued =
        new(Credit, Jon, Pass, "3 Class Pass", NovembersPayment, "pi_A", Isk(1000), 3, Start, Now + Duration.FromDays(30));

    public static TheoryData<string, int, int, long, ClassCreditEvent[]> Credits => new()
    {
        { "active", 3, 3, 1000, [] },
        { "active", 3, 2, 666, [new ClassCreditUsed(Credit, Booking, Isk(334), Start)] },
        { "active", 3, 3, 1000, [new ClassCreditUsed(Credit, Booking, Isk(334), Start), new ClassCreditRefunded(Credit, Booking, Isk(334), Start)] },
        { "active", 5, 5, 1000, [new ClassCreditAdjusted(Credit, Number(44), 2, Isk(0), Isk(200), Start)] },
        { "void", 0, 0, 0, [new ClassCreditAdjusted(Credit, Number(44), -3, Isk(1000), Isk(0), Start)] },
        { "used_up", 1, 0, 0, [new ClassCreditAdjusted(Credit, Number(44), -2, Isk(667), Isk(333), Start), new ClassCreditUsed(Credit, Booking, Isk(333), Start)] },
        { "expired", 3, 3, 0, [new ClassCreditExpired(Credit, Isk(1000), 3, Start)] },
        {
            "expired", 3, 3, 0,
            [
                new ClassCreditUsed(Credit, Booking, Isk(334), Start), new ClassCreditExpired(Credit, Isk(666), 2, Start),
                new ClassCreditRefunded(Credit, Booking, Isk(334), Start), new ClassCreditExpired(Credit, Isk(334), 1, Start),
            ]
        },
    };

    [Theory]
    [MemberData(nameof(Credits))]
    public void A_credit_has_its_classes_and_what_they_are_worth(string status, int total, int remaining, long left, ClassCreditEvent[] then)
    {
        var row = Fold(new ClassCreditView(), Credit.Stream, [Issued, .. then])!;
        (row.Status, row.Total, row.Remaining, row.ValueLeft, row.Version).ShouldBe((status, total, remaining, left, 1 + then.Length));
        var state = (ClassCredit.Known)then.Aggregate(ClassCredit.Evolve(ClassCredit.Initial, Issued), ClassCredit.Evolve);
        (EventTypes.SnakeCase(state.Status.ToString()), state.Total, state.Remaining, state.ValueLeft).ShouldBe((status, total, remaining, Isk(left)));
    }

    [Fact]
    public void A_class_has_the_places_that_are_neither_kept_nor_taken()
    {
        IEvent made = new ClassSessionCreated(Yoga, "Yoga", Now, 2, Isk(500));
        IEvent held = new ClassPlaceHeld(Yoga, Booking, Now), taken = new ClassPlaceTaken(Yoga, Booking), freed = new ClassPlaceFreed(Yoga, Booking);
        int Left(params IEvent[] then) => Fold(new ClassSessionView(), Yoga.Stream, [made, .. then])!.PlacesLeft;
        (Left(), Left(held), Left(held, taken), Left(held, taken, freed), Left(held, freed)).ShouldBe((2, 1, 1, 2, 2));
    }

    [Fact]
    public void A_booking_has_its_status_and_how_it_was_paid()
    {
        IEvent made = new BookingCreated(Booking, BookingKind.Class, Jon, Start, Isk(500), Yoga, Now);
        IEvent paid = new BookingPaid(Booking, NovembersPayment, "pi_B", Isk(500), Start), confirmed = new BookingConfirmed(Booking, Start);
        IEvent used = new BookingConfirmed(Booking, Start, Credit), back = new BookingCreditReturned(Booking, Credit), ended = new BookingCancelled(Booking, Start);
        (string, string, bool) Row(params IEvent[] then)
        {
            var row = Fold(new BookingView(), Booking.Stream, [made, .. then])!;
            return (row.Status, row.PaymentStatus, row.HeldUntil is not null);
        }

        Row().ShouldBe(("pending", "pending", true));
        Row(ended).ShouldBe(("cancelled", "pending", false));
        Row(paid, confirmed).ShouldBe(("confirmed", "paid", false));
        Row(paid, confirmed, ended).ShouldBe(("cancelled", "paid", false));
        Row(used).ShouldBe(("confirmed", "credit_used", false));
        Row(used, ended, back).ShouldBe(("cancelled", "refunded", false));
    }

    [Fact]
    public void A_package_is_what_it_was_last_said_to_be()
    {
        var row = Fold(new ClassPackageView(), Pass.Stream, new ClassPackageCreated(Pass, "Pass", 3, Isk(1000), 30, true, "x"), new ClassPackageChanged(Pass, "Pass!", 4, Isk(2000), 60, false))!;
        (row.Name, row.ClassCount, row.Price, row.ValidityDays, row.IsActive, row.Description, row.Version).ShouldBe(("Pass!", 4, 2000, 60, false, null, 2));
    }
}

using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Classes;

public class UseClassCreditTests
{
    [Fact]
    public void A_class_is_used_and_the_booking_confirmed() => Bought().When(Use(First)).Then(
        new ClassCreditUsed(Credit, First, Isk(334), Start),
        new BookingConfirmed(First, Start, Credit),
        new ClassPlaceTaken(Yoga, First));

    [Fact]
    public void For_the_same_booking_again_changes_nothing()
    {
        Bought().After(Use(First)).When(Use(First)).ThenNothing();
        Bought().After(Use(First)).After(Cancel(First)).When(Use(First)).ThenRejected(BookingRejections.Cancelled);
    }

    [Fact]
    public void What_the_classes_are_worth_adds_up_to_the_price()
    {
        var studio = Studio(capacity: 3).After(Buy());
        foreach (var booking in new[] { First, Second, Third }) studio = studio.After(Book(booking)).After(Use(booking));
        studio.Ledger.Log.Select(one => one.Event).OfType<ClassCreditUsed>().Select(used => used.Value).ShouldBe([Isk(334), Isk(333), Isk(333)]);
        (studio.JonsCredit().ValueLeft, studio.JonsCredit().Status).ShouldBe((Isk(0), ClassCreditStatus.UsedUp));
        studio.After(Pay(BookOneMore(studio))).When(Use(Third)).ThenNothing();
    }

    [Fact]
    public void No_class_is_used_that_is_not_there()
    {
        var studio = Studio(capacity: 3).After(Buy()).After(Adjust(-2)).After(Book(First)).After(Use(First)).After(Book(Second));
        studio.When(Use(Second)).ThenRejected(ClassCreditRejections.NotValid);
        Bought().When(Use(First) with { Id = ClassCreditId.From(Number(1)) }).ThenRejected(ClassCreditRejections.NotFound);
    }

    [Fact]
    public void No_class_is_used_after_its_time()
    {
        Bought().When(Use(First, Expiry - Duration.Epsilon)).ThenKinds(typeof(ClassCreditUsed), typeof(BookingConfirmed), typeof(ClassPlaceTaken));
        Bought().When(Use(First, Expiry)).ThenRejected(ClassCreditRejections.NotValid);
        Bought().After(Expire(Expiry)).When(Use(First)).ThenRejected(ClassCreditRejections.NotValid);
    }

    [Fact]
    public void It_is_used_for_the_customers_own_open_bookings()
    {
        Studio().After(Buy()).After(Book(First, Anna)).When(Use(First)).ThenRejected(BookingRejections.NotFound);
        Bought().When(Use(Second)).ThenRejected(BookingRejections.NotFound);
        Bought().After(Cancel(First)).When(Use(First)).ThenRejected(BookingRejections.Cancelled);
        Bought().After(Pay(First)).When(Use(First)).ThenRejected(BookingRejections.AlreadyPaid);
    }

    [Fact]
    public void A_place_that_nobody_else_took_is_still_there_when_its_time_is_over() =>
        Bought().When(Use(First, Lapse)).ThenKinds(typeof(ClassCreditUsed), typeof(BookingConfirmed), typeof(ClassPlaceTaken));

    private static BookingId BookOneMore(JointScenario studio)
    {
        _ = studio.After(Cancel(Second)).After(new BookClass(BookingId.From(Number(49)), Jon, Yoga, Now, Start));
        return BookingId.From(Number(49));
    }
}

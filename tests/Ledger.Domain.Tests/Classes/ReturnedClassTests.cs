using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Classes;

public class ReturnedClassTests
{
    [Fact]
    public void A_class_comes_back_with_what_it_was_worth() => Bought().After(Use(First)).When(Cancel(First)).Events.Skip(2).ShouldBe(
        [new ClassCreditRefunded(Credit, First, Isk(334), Start), new BookingCreditReturned(First, Credit)]);

    /// <summary>Else the place would be had for nothing.</summary>
    [Fact]
    public void While_the_booking_has_its_place_it_does_not_come_back() =>
        Bought().After(Use(First)).When(Return(First)).ThenRejected(BookingRejections.NotCancelled);

    [Fact]
    public void It_comes_back_once()
    {
        Bought().After(Use(First)).After(Cancel(First)).When(Return(First)).ThenNothing();
        Bought().After(Use(First)).After(Cancel(First)).When(Cancel(First)).ThenNothing();
    }

    [Fact]
    public void Only_a_class_that_was_used_comes_back()
    {
        Bought().When(Return(First)).ThenRejected(ClassCreditRejections.NotUsed);
        Bought().When(Return(Second)).ThenRejected(ClassCreditRejections.NotUsed);
        Bought().When(Return(First) with { Id = ClassCreditId.From(Number(1)) }).ThenRejected(ClassCreditRejections.NotFound);
    }

    [Fact]
    public void After_its_time_it_is_counted_and_expires_at_once()
    {
        var studio = Bought().After(Use(First)).After(Expire(Expiry));
        studio.When(Cancel(First) with { Now = Expiry }).Events.Skip(2).ShouldBe(
            [new ClassCreditRefunded(Credit, First, Isk(334), Start), new BookingCreditReturned(First, Credit), new ClassCreditExpired(Credit, Isk(334), 1, Start)]);
        (studio.JonsCredit().Remaining, studio.JonsCredit().ValueLeft, studio.JonsCredit().Status).ShouldBe((3, Isk(0), ClassCreditStatus.Expired));
    }

    [Fact]
    public void When_nobody_has_noticed_yet_that_the_time_is_up_all_of_it_expires() => Bought().After(Use(First)).When(Cancel(First) with { Now = Expiry })
        .Events.Skip(2).ShouldBe(
            [new ClassCreditRefunded(Credit, First, Isk(334), Start), new BookingCreditReturned(First, Credit), new ClassCreditExpired(Credit, Isk(1000), 3, Start)]);

    [Fact]
    public void Classes_expire_at_the_instant_and_once()
    {
        Bought().When(Expire(Expiry - Duration.Epsilon)).ThenNothing();
        Bought().When(Expire(Expiry)).Then(new ClassCreditExpired(Credit, Isk(1000), 3, Start));
        Bought().After(Expire(Expiry)).When(Expire(Expiry)).ThenNothing();
        Bought().After(Adjust(-3)).When(Expire(Expiry)).ThenNothing();
        JointScenario.Given().When(Expire(Expiry)).ThenNothing();
    }

    [Fact]
    public void Classes_that_are_given_share_what_is_left_of_the_price() =>
        Bought().When(Adjust(1)).Then(new ClassCreditAdjusted(Credit, Number(50), 1, Isk(0), Isk(250), Start, "as agreed"));

    [Fact]
    public void Classes_that_are_taken_away_take_their_shares_along() =>
        Bought().When(Adjust(-2)).Then(new ClassCreditAdjusted(Credit, Number(50), -2, Isk(667), Isk(333), Start, "as agreed"));

    [Fact]
    public void With_all_of_them_taken_away_it_is_void()
    {
        var studio = Bought();
        studio.When(Adjust(-3)).Then(new ClassCreditAdjusted(Credit, Number(50), -3, Isk(1000), Isk(0), Start, "as agreed"));
        studio.JonsCredit().Status.ShouldBe(ClassCreditStatus.Void);
    }

    [Fact]
    public void The_same_adjustment_again_changes_nothing() => Bought().After(Adjust(1)).When(Adjust(1)).ThenNothing();

    [Fact]
    public void No_more_is_taken_away_than_there_is_and_nothing_after_its_time()
    {
        Bought().When(Adjust(-4)).ThenRejected(ClassCreditRejections.TooFewClasses);
        Bought().When(Adjust(1, at: Expiry)).ThenRejected(ClassCreditRejections.NotValid);
        Bought().After(Expire(Expiry)).When(Adjust(1)).ThenRejected(ClassCreditRejections.NotValid);
        JointScenario.Given().When(Adjust(1)).ThenRejected(ClassCreditRejections.NotFound);
    }
}

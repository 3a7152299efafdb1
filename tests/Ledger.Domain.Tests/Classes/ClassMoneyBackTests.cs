using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Classes.StudioExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Classes;

public class ClassMoneyBackTests
{
    private static readonly RefundId Back = RefundId.From(Number(82));
    private static readonly RequestRefund All = new(Back, Outside, null, null, "admin", IsApproved: true, Start);
    private static readonly RecordRefund Sent = new(Back, new RefundResult("re_1"), Start);

    [Fact]
    public void With_the_money_the_classes_go()
    {
        var studio = Bought().After(All);
        studio.When(Sent).Then(
            new RefundSucceeded(Back, Outside, Isk(1000), "external", "re_1", null, Start), new PaymentRefunded(Outside, Back, Isk(1000), Isk(1000), Start),
            new ClassCreditVoided(Credit, Back, Isk(1000), 3, Start));
        (studio.JonsCredit().Remaining, studio.JonsCredit().ValueLeft, studio.JonsCredit().Status).ShouldBe((0, Isk(0), ClassCreditStatus.Void));
        studio.When(Use(First)).ThenRejected(ClassCreditRejections.NotValid);
        studio.When(Adjust(1)).ThenRejected(ClassCreditRejections.NotValid);
        studio.When(Expire(Expiry)).ThenNothing();
    }

    [Fact]
    public void The_books_owe_nothing_any_more()
    {
        var voided = new ClassCreditVoided(Credit, Back, Isk(1000), 3, Start);
        Journal.Of(voided)!.Postings.ShouldBe([new(Account.ClassCredits, 1000, "ISK"), new(Account.Refunds, -1000, "ISK")]);
    }

    [Fact]
    public void Part_of_the_money_leaves_the_classes()
    {
        var studio = Bought().After(All with { Amount = Isk(999) }).After(Sent);
        studio.JonsCredit().Remaining.ShouldBe(3);
        studio.When(Use(First)).ThenKinds(typeof(ClassCreditUsed), typeof(BookingConfirmed), typeof(ClassPlaceTaken));
        var rest = RefundId.From(Number(83));
        studio.When(All with { Id = rest }).ThenRejected(ClassCreditRejections.InUse);
    }

    [Fact]
    public void The_last_part_takes_the_classes_along()
    {
        var rest = RefundId.From(Number(83));
        Bought().After(All with { Amount = Isk(400) }).After(Sent).After(All with { Id = rest }).When(Sent with { Id = rest })
            .ThenKinds(typeof(RefundSucceeded), typeof(PaymentRefunded), typeof(ClassCreditVoided));
    }

    [Fact]
    public void While_a_booking_has_one_of_them_not_all_is_refunded()
    {
        Bought().After(Use(First)).When(All).ThenRejected(ClassCreditRejections.InUse);
        Bought().After(Use(First)).When(All with { Amount = Isk(1000) }).ThenRejected(ClassCreditRejections.InUse);
        Bought().After(Use(First)).After(Cancel(First)).When(All).ThenKinds(typeof(RefundRequested), typeof(PaymentRefundReserved), typeof(RefundApproved));
    }

    [Fact]
    public void While_all_the_money_is_on_its_way_back_no_class_is_used()
    {
        var asked = Bought().After(All with { IsApproved = false });
        var approve = new ApproveRefund(Back, "boss", true, Start);
        Bought().After(All with { IsApproved = false }).After(approve).When(Use(First)).ThenRejected(ClassCreditRejections.NotValid);
        asked.When(Use(First)).ThenKinds(typeof(ClassCreditUsed), typeof(BookingConfirmed), typeof(ClassPlaceTaken));
        asked.When(approve).ThenRejected(ClassCreditRejections.InUse);
    }

    [Fact]
    public void What_has_expired_is_gone_already() => Bought().After(Expire(Expiry)).After(All).When(Sent).ThenKinds(typeof(RefundSucceeded), typeof(PaymentRefunded));

    /// <summary>Money that a provider has sent back by itself asks nobody.</summary>
    [Fact]
    public void A_class_that_comes_back_afterwards_goes_too() => Bought().After(Use(First))
        .After(new RecordProviderRefund(Outside, Isk(1000), "ch_1", Start)).When(Cancel(First)).Events.Skip(2).ShouldBe(
        [
            new ClassCreditRefunded(Credit, First, Isk(334), Start), new BookingCreditReturned(First, Credit),
            new ClassCreditVoided(Credit, RefundOf("provider refund 1000"), Isk(334), 1, Start),
        ]);

    private static RefundId RefundOf(string name) => new(Ledger.Decisions.DerivedId.Of(Outside.Value, name));
}

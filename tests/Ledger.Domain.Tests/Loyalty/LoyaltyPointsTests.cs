using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Loyalty.LoyaltyExamples;

namespace Ledger.Domain.Tests.Loyalty;

public class EarnLoyaltyPointsTests
{
    private static readonly EarnLoyaltyPoints Earn = new(Paid, Bakery, Start);

    [Fact]
    public void What_is_paid_is_worth_points() => PaidFor(Usd(185)).When(Earn).Then(Earned);

    [Fact]
    public void A_payment_is_rewarded_once() => WithPoints().When(Earn).ThenNothing();

    [Fact]
    public void Parts_of_a_point_are_not_given()
    {
        PaidFor(Usd(0.99m)).When(Earn).Then(new LoyaltyPointsEarned(Points, Jon, Paid, Usd(0.99m), 10, 9, 9, Start));
        PaidFor(Usd(0.09m)).When(Earn).ThenNothing();
    }

    [Fact]
    public void A_currency_without_cents_is_counted_in_whole_units() =>
        PaidFor(Isk(15000)).When(Earn).Then(new LoyaltyPointsEarned(Points, Jon, Paid, Isk(15000), 10, 150_000, 150_000, Start));

    [Fact]
    public void A_tenant_that_gives_none_gives_none() => PaidFor(Usd(185), pointsPerUnit: null).When(Earn).ThenNothing();

    [Fact]
    public void What_was_not_captured_earns_nothing() => PaidFor(Usd(185)).When(Earn with { PaymentId = PaymentId.From(Number(99)) }).ThenNothing();

    [Fact]
    public void Whoever_is_deleted_has_no_points() => PaidFor(Usd(185)).And(Jon.Stream, new CustomerDeleted(Jon)).When(Earn).ThenNothing();

    [Fact]
    public void What_went_back_before_is_taken_off_at_once() => PaidFor(Usd(185))
        .And(Paid.Stream, new PaymentRefunded(Paid, Back, Usd(85), Usd(85), Start))
        .When(Earn).Then(Earned, new LoyaltyPointsReversed(Points, Jon, -850, 1000, Paid, On: Start));

    [Fact]
    public void Only_what_was_taken_counts_when_more_was_held() => PaidFor(Usd(185))
        .And(Paid.Stream, new PaymentCaptured(Paid, 1, "ch_1", Start, Usd(100), "mock"))
        .When(Earn).Then(new LoyaltyPointsEarned(Points, Jon, Paid, Usd(100), 10, 1000, 1000, Start));
}

public class ReverseLoyaltyPointsTests
{
    private static readonly ReverseLoyaltyPoints All = new(Jon, Paid, Back, Usd(185), Start);

    [Fact]
    public void A_refund_takes_its_points_along() => WithPoints().When(All).Then(new LoyaltyPointsReversed(Points, Jon, -1850, 0, Paid, Back, On: Start));

    [Fact]
    public void A_part_takes_its_share() => WithPoints().When(All with { Refunded = Usd(0.05m) })
        .Then(new LoyaltyPointsReversed(Points, Jon, -1, 1849, Paid, Back, On: Start));

    [Fact]
    public void The_same_refund_again_changes_nothing() => WithPoints().After(All).When(All).ThenNothing();

    [Fact]
    public void One_that_is_heard_of_late_is_in_the_sum_already() =>
        WithPoints().After(All).When(All with { RefundId = RefundId.From(Number(88)), Refunded = Usd(50) }).ThenNothing();

    [Fact]
    public void What_was_spent_meanwhile_leaves_less_than_nothing() => WithPoints().After(Wish).When(All)
        .Then(new LoyaltyPointsReversed(Points, Jon, -1850, -1400, Paid, Back, On: Start));

    [Fact]
    public void A_payment_without_points_loses_none() => PaidFor(Usd(185)).When(All).ThenNothing();

    [Fact]
    public void A_new_rate_does_not_touch_what_was_earned() => WithPoints()
        .After(new ChangeTenantSettings(Bakery, null, null, null, null, null, LoyaltyPointsPerUnit: 99))
        .When(All with { Refunded = Usd(100) }).Then(new LoyaltyPointsReversed(Points, Jon, -1000, 850, Paid, Back, On: Start));
}

public class AdjustLoyaltyPointsTests
{
    private static readonly AdjustLoyaltyPoints Give = new(Jon, Number(90), 100, "Waited too long", Start);

    [Fact]
    public void Points_are_given_and_taken_by_hand()
    {
        WithPoints().When(Give).Then(new LoyaltyPointsAdjusted(Points, Jon, Number(90), "Waited too long", 100, 1950, Start));
        WithPoints().When(Give with { Points = -1850 }).Then(new LoyaltyPointsAdjusted(Points, Jon, Number(90), "Waited too long", -1850, 0, Start));
    }

    [Fact]
    public void Again_changes_nothing() => WithPoints().After(Give).When(Give).ThenNothing();

    [Fact]
    public void No_more_is_taken_than_there_is() => WithPoints().When(Give with { Points = -1851 }).ThenRejected(LoyaltyRejections.InsufficientPoints);

    [Fact]
    public void A_debt_can_be_made_smaller() => WithPoints().After(Wish).After(new ReverseLoyaltyPoints(Jon, Paid, Back, Usd(185), Start))
        .When(Give).Then(new LoyaltyPointsAdjusted(Points, Jon, Number(90), "Waited too long", 100, -1300, Start));

    [Fact]
    public void A_customer_who_is_not_there_is_refused() => WithPoints().When(Give with { CustomerId = Anna }).ThenRejected(CustomerRejections.NotFound);
}

public class LoyaltyPolicyTests
{
    [Fact]
    public void A_capture_gives_points_and_a_refund_takes_them_back()
    {
        React(new PaymentCaptured(Paid, 1, "ch_1", Start)).ShouldBe([new GivePoints(Paid)]);
        React(new PaymentRefunded(Paid, Back, Usd(5), Usd(15), Start)).ShouldBe([new TakeBackPoints(Paid, Back, Usd(15))]);
    }

    [Fact]
    public void Whatever_else_happens_to_a_payment_moves_no_points()
    {
        React(new PaymentFailed(Paid, 1, "card_declined", false, Start)).ShouldBeEmpty();
        React(new PaymentRefundReserved(Paid, Back, Usd(5))).ShouldBeEmpty();
        React(new PaymentAuthorized(Paid, 1, "ch_1", Usd(5), Start)).ShouldBeEmpty();
    }

    private static IMessage[] React(IEvent happened) =>
        [.. new LoyaltyPolicy().React(happened, new EventContext("t", Paid.Stream, 1, 1, default)).Select(send => send.Message)];
}

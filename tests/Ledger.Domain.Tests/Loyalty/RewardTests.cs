using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Loyalty.LoyaltyExamples;
using static Ledger.Testing.Scenario<Ledger.Domain.Loyalty.Reward, Ledger.Domain.Loyalty.RewardEvent>;

namespace Ledger.Domain.Tests.Loyalty;

public class CreateRewardTests
{
    private static readonly CreateReward Offer = new(Apron, "Apron", null, 1400, Active: true);

    [Fact]
    public void A_reward_is_offered() => Given().When(Offer).Then(ApronOffered);

    [Fact]
    public void Again_changes_nothing() => Given(ApronOffered).When(Offer with { Name = "Hat" }).ThenNothing();
}

public class ChangeRewardTests
{
    private static readonly ChangeReward Same = new(Apron, "Apron", null, 1400, Active: true);

    [Fact]
    public void All_that_is_known_is_said_anew() => Given(ApronOffered)
        .When(Same with { Description = "Linen", PointsRequired = 1500, Active = false })
        .Then(new RewardChanged(Apron, "Apron", "Linen", 1500, Active: false));

    [Fact]
    public void What_is_known_already_changes_nothing() => Given(ApronOffered).When(Same).ThenNothing();

    [Fact]
    public void A_reward_that_is_not_there_is_refused() => Given().When(Same).ThenRejected(RewardRejections.NotFound);
}

public class RedeemRewardTests
{
    private static readonly LoyaltyPointsSpent Spent = new(Points, Jon, First, Apron, "Apron", -1400, 450, Start);

    [Fact]
    public void Points_are_given_for_it() => WithPoints().When(Wish).Then(Spent, new RewardRedeemed(First, Apron, Jon, "Apron", 1400, Start));

    [Fact]
    public void The_account_tells_what_was_earned_and_redeemed() =>
        WithPoints().After(Wish).Account().ShouldSatisfyAllConditions(
            account => account.Balance.ShouldBe(450), account => account.TotalEarned.ShouldBe(1850), account => account.TotalRedeemed.ShouldBe(1400));

    [Fact]
    public void Again_changes_nothing() => WithPoints().After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void Points_are_spent_once() => WithPoints().After(Wish).When(Wish with { Id = Second }).ThenRejected(LoyaltyRejections.InsufficientPoints);

    [Fact]
    public void The_last_point_can_be_spent() => WithPoints().And(Apron.Stream, new RewardChanged(Apron, "Apron", null, 1850, true))
        .When(Wish).Then(Spent with { Points = -1850, Balance = 0 }, new RewardRedeemed(First, Apron, Jon, "Apron", 1850, Start));

    [Fact]
    public void One_that_is_not_active_is_as_good_as_not_there()
    {
        WithPoints().And(Apron.Stream, new RewardChanged(Apron, "Apron", null, 1400, Active: false)).When(Wish).ThenRejected(RewardRejections.NotFound);
        WithPoints().When(Wish with { RewardId = RewardId.From(Number(89)) }).ThenRejected(RewardRejections.NotFound);
    }

    [Fact]
    public void Whoever_is_deleted_redeems_nothing() =>
        WithPoints().And(Jon.Stream, new CustomerDeleted(Jon)).When(Wish).ThenRejected(CustomerRejections.NotFound);
}

public class RewardRedemptionTests
{
    private static readonly FulfilRewardRedemption Fulfil = new(First);
    private static readonly CancelRewardRedemption Cancel = new(First, Start);

    [Fact]
    public void The_customer_gets_it() => WithPoints().After(Wish).When(Fulfil).Then(new RewardRedemptionFulfilled(First));

    [Fact]
    public void A_cancelled_one_gives_the_points_back() => WithPoints().After(Wish).When(Cancel)
        .Then(new RewardRedemptionCancelled(First), new LoyaltyPointsReversed(Points, Jon, 1400, 1850, RedemptionId: First, On: Start))
        .Next.Account().TotalRedeemed.ShouldBe(0);

    [Fact]
    public void Again_changes_nothing()
    {
        WithPoints().After(Wish).After(Fulfil).When(Fulfil).ThenNothing();
        WithPoints().After(Wish).After(Cancel).When(Cancel).ThenNothing();
    }

    [Fact]
    public void It_ends_one_way_or_the_other()
    {
        WithPoints().After(Wish).After(Cancel).When(Fulfil).ThenRejected(RewardRedemptionRejections.Cancelled);
        WithPoints().After(Wish).After(Fulfil).When(Cancel).ThenRejected(RewardRedemptionRejections.Fulfilled);
    }

    [Fact]
    public void One_that_is_not_there_is_refused()
    {
        WithPoints().When(Fulfil).ThenRejected(RewardRedemptionRejections.NotFound);
        WithPoints().When(Cancel).ThenRejected(RewardRedemptionRejections.NotFound);
    }
}

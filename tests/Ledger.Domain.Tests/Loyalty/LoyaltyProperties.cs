using FsCheck;
using FsCheck.Fluent;
using Ledger.Domain.Tests.Properties;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Loyalty.LoyaltyExamples;

namespace Ledger.Domain.Tests.Loyalty;

public class LoyaltyProperties
{
    private static readonly Arbitrary<int> AnySeed = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Refunds_of_all_the_money_take_back_all_points_in_whatever_parts_and_order() => Prop.ForAll(AnySeed, seed =>
    {
        var pick = new Picker(seed);
        var cents = pick.Int(1, 100_000);
        var scenario = PaidFor(Usd(cents / 100m), pick.Int(1, 50)).After(new EarnLoyaltyPoints(Paid, Bakery, Start));
        var earned = scenario.Account().Balance;
        var sums = new List<int>();
        for (var left = cents; left > 0;)
        {
            left -= pick.Int(1, left);
            sums.Add(cents - left);
        }

        foreach (var sum in pick.Chance(50) ? sums : [.. sums.OrderBy(_ => pick.Int(0, 99))])
        {
            _ = scenario.After(new ReverseLoyaltyPoints(Jon, Paid, Back, Usd(sum / 100m), Start));
            scenario.Account().Balance.ShouldBeInRange(0, earned);
        }

        scenario.Account().ShouldSatisfyAllConditions(one => one.Balance.ShouldBe(0), one => one.TotalEarned.ShouldBe(0));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_part_that_is_refunded_leaves_what_the_rest_would_have_earned() => Prop.ForAll(AnySeed, seed =>
    {
        var pick = new Picker(seed);
        var (cents, rate) = (pick.Int(2, 100_000), pick.Int(1, 50));
        var kept = pick.Int(1, cents - 1);
        PaidFor(Usd(cents / 100m), rate).After(new EarnLoyaltyPoints(Paid, Bakery, Start))
            .After(new ReverseLoyaltyPoints(Jon, Paid, Back, Usd((cents - kept) / 100m), Start)).Account().Balance
            .ShouldBe(PaidFor(Usd(kept / 100m), rate).After(new EarnLoyaltyPoints(Paid, Bakery, Start)).Account().Balance);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_balance_is_the_sum_of_what_happened_and_no_redemption_takes_it_below_zero() => Prop.ForAll(AnySeed, seed =>
    {
        var pick = new Picker(seed);
        var scenario = PaidFor(Usd(pick.Int(1, 300)));
        for (var i = 0; i < 30; i++) Live(pick, scenario.Ledger);

        var happened = scenario.Ledger.Log.Where(one => one.Stream == Points.Stream).Select(one => Change((LoyaltyAccountEvent)one.Event)).ToList();
        var balance = 0L;
        foreach (var (points, after, isRedemption) in happened)
        {
            balance += points;
            after.ShouldBe(balance);
            if (isRedemption) balance.ShouldBeGreaterThanOrEqualTo(0);
        }

        var account = scenario.Account();
        account.Balance.ShouldBe(balance);
        var adjusted = scenario.Ledger.Log.Select(one => one.Event).OfType<LoyaltyPointsAdjusted>().Sum(one => one.Points);
        account.Balance.ShouldBe(account.TotalEarned - account.TotalRedeemed + adjusted);
    }).QuickCheckThrowOnFailure();

    private static void Live(Picker pick, MemoryLedger ledger)
    {
        var redemption = RewardRedemptionId.From(Number(400 + pick.Int(0, 9)));
        _ = pick.Int(0, 6) switch
        {
            0 => ledger.Run(new EarnLoyaltyPoints(Paid, Bakery, Start)),
            1 => ledger.Run(new ReverseLoyaltyPoints(Jon, Paid, Back, Usd(pick.Int(0, 100) / 100m), Start)),
            2 => ledger.Run(new AdjustLoyaltyPoints(Jon, Number(500 + pick.Int(0, 99)), pick.Int(-500, 500), "by hand", Start)),
            3 => ledger.Run(new CancelRewardRedemption(redemption, Start)),
            4 => ledger.Run(new FulfilRewardRedemption(redemption)),
            5 => ledger.Run(new ChangeReward(Apron, "Apron", null, pick.Int(1, 1500), Active: true)),
            _ => ledger.Run(new RedeemReward(redemption, Apron, Jon, Start)),
        };
    }

    private static (long Points, long Balance, bool IsRedemption) Change(LoyaltyAccountEvent happened) => happened switch
    {
        LoyaltyPointsEarned one => (one.Points, one.Balance, false),
        LoyaltyPointsSpent one => (one.Points, one.Balance, true),
        LoyaltyPointsReversed one => (one.Points, one.Balance, false),
        LoyaltyPointsAdjusted one => (one.Points, one.Balance, false),
        _ => throw new ArgumentException($"{happened} is not counted here.", nameof(happened)),
    };
}

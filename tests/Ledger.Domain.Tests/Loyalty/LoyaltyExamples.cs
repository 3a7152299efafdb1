using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Loyalty;

/// <summary>A cleaner's customer who has paid $185.00, and rewards to spend the points on.</summary>
internal static class LoyaltyExamples
{
    public static readonly PaymentId Paid = PaymentId.From(Number(86));
    public static readonly RefundId Back = RefundId.From(Number(87));
    public static readonly LoyaltyAccountId Points = LoyaltyAccountId.Of(Jon);
    public static readonly RewardId Apron = RewardId.From(Number(83));
    public static readonly RewardRedemptionId First = RewardRedemptionId.From(Number(84));
    public static readonly RewardRedemptionId Second = RewardRedemptionId.From(Number(85));
    public static readonly RewardCreated ApronOffered = new(Apron, "Apron", null, 1400, Active: true);
    public static readonly LoyaltyPointsEarned Earned = new(Points, Jon, Paid, Usd(185), 10, 1850, 1850, Start);
    public static readonly RedeemReward Wish = new(First, Apron, Jon, Start);

    /// <summary>A payment of this much, captured, at a tenant that gives 10 points per unit.</summary>
    public static JointScenario PaidFor(Money amount, int? pointsPerUnit = 10) => JointScenario
        .Given(Bakery.Stream, BakeryCreated, new TenantSettingsChanged(
            Bakery, "Bakery", Krona, DateTimeZone.Utc, true, [Frequency.Monthly], LoyaltyPointsPerUnit: pointsPerUnit))
        .And(Jon.Stream, JonCreated)
        .And(Apron.Stream, ApronOffered)
        .And(Paid.Stream, new PaymentInitiated(Paid, null, Jon, null, amount, Visa, "mock", Start), new PaymentCaptured(Paid, 1, "ch_1", Start, amount, "mock"));

    /// <summary>The customer with 1850 points.</summary>
    public static JointScenario WithPoints() => PaidFor(Usd(185)).After(new EarnLoyaltyPoints(Paid, Bakery, Start));

    public static LoyaltyAccount Account(this JointScenario scenario) => scenario.Ledger.State<LoyaltyAccount, LoyaltyAccountEvent>(Points.Stream);
}

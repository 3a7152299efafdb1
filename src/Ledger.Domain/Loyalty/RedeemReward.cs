using Ledger.Domain.Customers;

namespace Ledger.Domain.Loyalty;

/// <summary>Give a customer's points for a reward. Repeating it with the same id changes nothing.</summary>
/// <remarks>
/// Refuses with <c>reward_not_found</c>, for one that is not active too, <c>customer_not_found</c>, <c>insufficient_points</c>.
/// Whoever redeems at the same moment decides on the balance after the other, so none is spent twice. Source: rule LOY-2.
/// </remarks>
/// <param name="On">The day, in the tenant's zone.</param>
public sealed record RedeemReward(RewardRedemptionId Id, RewardId RewardId, CustomerId CustomerId, LocalDate On) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<RewardRedemption, RewardRedemptionEvent>(Id.Stream) is not RewardRedemption.Unknown) return JointDecision.Nothing;
        if (await states.Of<Reward, RewardEvent>(RewardId.Stream) is not Reward.Known { Active: true } reward) return RewardRejections.NotFound;
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;

        var account = LoyaltyAccountId.Of(CustomerId);
        var left = (await states.Of<LoyaltyAccount, LoyaltyAccountEvent>(account.Stream)).Balance - reward.PointsRequired;
        if (left < 0) return LoyaltyRejections.InsufficientPoints;
        return new JointDecision()
            .Append(account.Stream, new LoyaltyPointsSpent(account, CustomerId, Id, RewardId, reward.Name, -reward.PointsRequired, left, On))
            .Append(Id.Stream, new RewardRedeemed(Id, RewardId, CustomerId, reward.Name, reward.PointsRequired, On));
    }
}

namespace Ledger.Domain.Loyalty;

/// <summary>Do not give the reward after all: its points come back. Cancelling again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>reward_redemption_not_found</c>, <c>reward_redemption_fulfilled</c>. Source: rule C-D19.
/// </remarks>
public sealed record CancelRewardRedemption(RewardRedemptionId Id, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<RewardRedemption, RewardRedemptionEvent>(Id.Stream) is not RewardRedemption.Known known) return RewardRedemptionRejections.NotFound;
        if (known.Status is RewardRedemptionStatus.Cancelled) return JointDecision.Nothing;
        if (known.Status is RewardRedemptionStatus.Fulfilled) return RewardRedemptionRejections.Fulfilled;

        var account = LoyaltyAccountId.Of(known.CustomerId);
        var before = await states.Of<LoyaltyAccount, LoyaltyAccountEvent>(account.Stream);
        return new JointDecision()
            .Append(Id.Stream, new RewardRedemptionCancelled(Id))
            .Append(account.Stream, new LoyaltyPointsReversed(
                account, known.CustomerId, known.PointsUsed, before.Balance + known.PointsUsed, RedemptionId: Id, On: Today));
    }
}

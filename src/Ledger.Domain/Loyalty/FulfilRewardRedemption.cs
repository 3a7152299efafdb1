namespace Ledger.Domain.Loyalty;

/// <summary>Say that the customer got the reward. Saying it again changes nothing.</summary>
/// <remarks>Refuses with <c>reward_redemption_not_found</c>, <c>reward_redemption_cancelled</c>.</remarks>
public sealed record FulfilRewardRedemption(RewardRedemptionId Id) : ICommand<RewardRedemption, RewardRedemptionEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<RewardRedemptionEvent> Decide(RewardRedemption state) => state switch
    {
        RewardRedemption.Known { Status: RewardRedemptionStatus.Pending } => [new RewardRedemptionFulfilled(Id)],
        RewardRedemption.Known { Status: RewardRedemptionStatus.Fulfilled } => [],
        RewardRedemption.Known => RewardRedemptionRejections.Cancelled,
        _ => RewardRedemptionRejections.NotFound,
    };
}

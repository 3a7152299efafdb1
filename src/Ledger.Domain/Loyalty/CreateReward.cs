namespace Ledger.Domain.Loyalty;

/// <summary>Offer a reward for points. Repeating it with the same id changes nothing.</summary>
/// <param name="PointsRequired">What it costs; at least 1.</param>
/// <param name="Active">Whether it can be redeemed.</param>
public sealed record CreateReward(RewardId Id, string Name, string? Description, long PointsRequired, bool Active) : ICommand<Reward, RewardEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<RewardEvent> Decide(Reward state) =>
        state is Reward.Unknown ? [new RewardCreated(Id, Name, Description, PointsRequired, Active)] : [];
}

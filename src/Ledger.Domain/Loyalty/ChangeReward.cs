namespace Ledger.Domain.Loyalty;

/// <summary>Say what is known of a reward from now on. What was redeemed stays at the points it cost.</summary>
/// <remarks>Refuses with <c>reward_not_found</c>. Saying what is known already changes nothing.</remarks>
public sealed record ChangeReward(RewardId Id, string Name, string? Description, long PointsRequired, bool Active) : ICommand<Reward, RewardEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<RewardEvent> Decide(Reward state)
    {
        if (state is not Reward.Known known) return RewardRejections.NotFound;
        return known == new Reward.Known(Id, Name, Description, PointsRequired, Active)
            ? []
            : [new RewardChanged(Id, Name, Description, PointsRequired, Active)];
    }
}

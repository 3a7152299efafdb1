using Ledger.Domain.Customers;

namespace Ledger.Domain.Loyalty;

public enum RewardRedemptionStatus { Pending, Fulfilled, Cancelled }

/// <summary>A reward that points were given for, as it stands now.</summary>
public abstract record RewardRedemption : IState<RewardRedemption, RewardRedemptionEvent>
{
    private RewardRedemption() { }

    public sealed record Unknown : RewardRedemption;

    /// <param name="RedeemedOn">In the tenant's zone.</param>
    public sealed record Known(
        RewardRedemptionId Id, RewardId RewardId, CustomerId CustomerId, string RewardName, long PointsUsed, LocalDate RedeemedOn,
        RewardRedemptionStatus Status) : RewardRedemption;

    public static RewardRedemption Initial { get; } = new Unknown();

    public static RewardRedemption Evolve(RewardRedemption state, RewardRedemptionEvent @event) => @event switch
    {
        RewardRedeemed made => new Known(
            made.Id, made.RewardId, made.CustomerId, made.RewardName, made.PointsUsed, made.On, RewardRedemptionStatus.Pending),
        RewardRedemptionFulfilled => (Known)state with { Status = RewardRedemptionStatus.Fulfilled },
        RewardRedemptionCancelled => (Known)state with { Status = RewardRedemptionStatus.Cancelled },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>Every "no" a redemption can say.</summary>
public static class RewardRedemptionRejections
{
    public static readonly Rejection NotFound = new("reward_redemption_not_found", RejectionKind.NotFound, "No redemption has this id.");

    public static readonly Rejection Fulfilled = new(
        "reward_redemption_fulfilled", RejectionKind.Conflict, "The customer has got the reward already.");

    public static readonly Rejection Cancelled = new(
        "reward_redemption_cancelled", RejectionKind.Conflict, "The redemption was cancelled, and its points were given back.");
}

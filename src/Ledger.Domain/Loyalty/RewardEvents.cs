using Ledger.Domain.Customers;

namespace Ledger.Domain.Loyalty;

/// <summary>What can happen to a reward. Stored forever: add cases, never edit them.</summary>
public abstract record RewardEvent : IEvent
{
    private protected RewardEvent() { }
}

/// <param name="PointsRequired">What it costs; at least 1.</param>
/// <param name="Active">Whether it can be redeemed.</param>
public sealed record RewardCreated(RewardId Id, string Name, string? Description, long PointsRequired, bool Active) : RewardEvent;

/// <summary>All that is known from now on, changed or not.</summary>
public sealed record RewardChanged(RewardId Id, string Name, string? Description, long PointsRequired, bool Active) : RewardEvent;

/// <summary>What can happen to a redemption. Stored forever: add cases, never edit them.</summary>
public abstract record RewardRedemptionEvent : IEvent
{
    private protected RewardRedemptionEvent() { }
}

/// <summary>Points were given for a reward, which the customer is to get.</summary>
/// <param name="RewardName">What it was called on that day.</param>
/// <param name="On">The day, in the tenant's zone.</param>
public sealed record RewardRedeemed(
    RewardRedemptionId Id, RewardId RewardId, CustomerId CustomerId, string RewardName, long PointsUsed, LocalDate On) : RewardRedemptionEvent;

/// <summary>The customer got it.</summary>
public sealed record RewardRedemptionFulfilled(RewardRedemptionId Id) : RewardRedemptionEvent;

/// <summary>The customer does not get it; the points came back.</summary>
public sealed record RewardRedemptionCancelled(RewardRedemptionId Id) : RewardRedemptionEvent;

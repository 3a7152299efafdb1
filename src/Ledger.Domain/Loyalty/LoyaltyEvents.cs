using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Domain.Loyalty;

/// <summary>What can happen to a customer's points. Stored forever: add cases, never edit them.</summary>
/// <remarks>In each, <c>Points</c> is what is added, below 0 for what is taken, and <c>Balance</c> what there is after it.
/// <c>On</c> is the day it counts for, in the tenant's zone; null in events from before it was written: they count for the day in UTC.</remarks>
public abstract record LoyaltyAccountEvent : IEvent
{
    private protected LoyaltyAccountEvent() { }
}

/// <summary>A payment was rewarded. There is one of these for each payment.</summary>
/// <param name="Amount">What was paid.</param>
/// <param name="PointsPerUnit">How many points a whole unit of the currency gave on that day.</param>
public sealed record LoyaltyPointsEarned(
    LoyaltyAccountId Id, CustomerId CustomerId, PaymentId PaymentId, Money Amount, int PointsPerUnit, long Points, long Balance,
    LocalDate? On = null) : LoyaltyAccountEvent;

/// <param name="RewardName">What it was called on that day.</param>
public sealed record LoyaltyPointsSpent(
    LoyaltyAccountId Id, CustomerId CustomerId, RewardRedemptionId RedemptionId, RewardId RewardId, string RewardName, long Points, long Balance,
    LocalDate? On = null)
    : LoyaltyAccountEvent;

/// <summary>What was earned went with a refund, or what was spent came back with a cancelled redemption.</summary>
/// <param name="PaymentId">Whose points they were; null for a redemption.</param>
/// <param name="RefundId">Null where the refund was there before the points were.</param>
/// <param name="RedemptionId">Null for a refund.</param>
public sealed record LoyaltyPointsReversed(
    LoyaltyAccountId Id, CustomerId CustomerId, long Points, long Balance, PaymentId? PaymentId = null, RefundId? RefundId = null,
    RewardRedemptionId? RedemptionId = null, LocalDate? On = null) : LoyaltyAccountEvent;

/// <summary>Somebody gave or took points by hand.</summary>
public sealed record LoyaltyPointsAdjusted(
    LoyaltyAccountId Id, CustomerId CustomerId, Guid AdjustmentId, string Reason, long Points, long Balance, LocalDate? On = null) : LoyaltyAccountEvent;

using System.Collections.Immutable;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Loyalty;

/// <summary>A customer's points, as they are now. Who never had any has none.</summary>
/// <param name="Balance">Below 0 when more was refunded than is left.</param>
/// <param name="TotalEarned">By payments, less what went with refunds.</param>
/// <param name="TotalRedeemed">For rewards, less what came back.</param>
public sealed record LoyaltyAccount(long Balance, long TotalEarned, long TotalRedeemed) : IState<LoyaltyAccount, LoyaltyAccountEvent>
{
    public static LoyaltyAccount Initial { get; } = new(0, 0, 0);

    /// <summary>By the payment that they were earned with.</summary>
    public ImmutableDictionary<PaymentId, EarnedPoints> Earned { get; init; } = ImmutableDictionary<PaymentId, EarnedPoints>.Empty;

    /// <summary>What was done by hand.</summary>
    public ImmutableHashSet<Guid> Adjustments { get; init; } = [];

    public static LoyaltyAccount Evolve(LoyaltyAccount state, LoyaltyAccountEvent @event) => @event switch
    {
        LoyaltyPointsEarned earned => state with
        {
            Balance = earned.Balance, TotalEarned = state.TotalEarned + earned.Points,
            Earned = state.Earned.Add(earned.PaymentId, new(earned.Amount, earned.PointsPerUnit, earned.Points)),
        },
        LoyaltyPointsSpent spent => state with { Balance = spent.Balance, TotalRedeemed = state.TotalRedeemed - spent.Points },
        LoyaltyPointsReversed { PaymentId: { } payment } refunded => state with
        {
            Balance = refunded.Balance, TotalEarned = state.TotalEarned + refunded.Points,
            Earned = state.Earned.SetItem(payment, state.Earned[payment].With(refunded.Points)),
        },
        LoyaltyPointsReversed returned => state with { Balance = returned.Balance, TotalRedeemed = state.TotalRedeemed - returned.Points },
        LoyaltyPointsAdjusted adjusted => state with { Balance = adjusted.Balance, Adjustments = state.Adjustments.Add(adjusted.AdjustmentId) },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <summary>What a payment has earned.</summary>
/// <param name="Amount">What was paid.</param>
/// <param name="Points">What is left of them, after refunds.</param>
public sealed record EarnedPoints(Money Amount, int PointsPerUnit, long Points)
{
    internal EarnedPoints With(long change) => this with { Points = Points + change };
}

/// <summary>Every "no" of loyalty points.</summary>
public static class LoyaltyRejections
{
    public static readonly Rejection InsufficientPoints = new("insufficient_points", RejectionKind.Conflict, "Insufficient points");
}

using Ledger.Domain.Customers;

namespace Ledger.Domain.Loyalty;

/// <summary>Give or take points by hand. The same adjustment again changes nothing.</summary>
/// <remarks>Refuses with <c>customer_not_found</c>, <c>insufficient_points</c>: a hand takes no more than there is.</remarks>
/// <param name="Points">What to add; below 0 to take.</param>
public sealed record AdjustLoyaltyPoints(CustomerId CustomerId, Guid AdjustmentId, long Points, string Reason, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var id = LoyaltyAccountId.Of(CustomerId);
        var account = await states.Of<LoyaltyAccount, LoyaltyAccountEvent>(id.Stream);
        if (account.Adjustments.Contains(AdjustmentId)) return JointDecision.Nothing;
        if (await states.Of<Customer, CustomerEvent>(CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (Points < 0 && account.Balance + Points < 0) return LoyaltyRejections.InsufficientPoints;
        return new JointDecision().Append(id.Stream, new LoyaltyPointsAdjusted(id, CustomerId, AdjustmentId, Reason, Points, account.Balance + Points, Today));
    }
}

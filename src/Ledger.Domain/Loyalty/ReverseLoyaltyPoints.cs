using Ledger.Domain.Customers;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;

namespace Ledger.Domain.Loyalty;

/// <summary>Take back the points of what was refunded: the payment keeps those that the money it kept would have earned.</summary>
/// <remarks>
/// So refunds of all the money take back all its points, in however many parts and in whatever order they are heard of. The
/// balance may go below 0. A refund that is in the sum already, or of a payment without points, changes nothing.
/// Source: rule C-D20.
/// </remarks>
/// <param name="RefundId">Null when it is not one alone.</param>
/// <param name="Refunded">All that had gone back of the payment with this refund.</param>
public sealed record ReverseLoyaltyPoints(CustomerId CustomerId, PaymentId PaymentId, RefundId? RefundId, Money Refunded, LocalDate Today)
    : ICommand<LoyaltyAccount, LoyaltyAccountEvent>
{
    public StreamId Stream => Id.Stream;

    private LoyaltyAccountId Id => LoyaltyAccountId.Of(CustomerId);

    public Decision<LoyaltyAccountEvent> Decide(LoyaltyAccount state)
    {
        if (!state.Earned.TryGetValue(PaymentId, out var earned)) return [];
        var kept = PointsRate.Of(earned.Amount - Refunded, earned.PointsPerUnit);
        var change = kept - earned.Points;
        return change >= 0 ? [] : [new LoyaltyPointsReversed(Id, CustomerId, change, state.Balance + change, PaymentId, RefundId, On: Today)];
    }
}

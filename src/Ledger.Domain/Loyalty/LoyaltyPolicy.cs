using Ledger.Domain.Payments;

namespace Ledger.Domain.Loyalty;

/// <summary>What is paid is worth points, and what is refunded takes them along.</summary>
public sealed class LoyaltyPolicy : IPolicy
{
    public string Name => "loyalty";

    public IEnumerable<Send> React(IEvent @event, EventContext context) => @event switch
    {
        PaymentCaptured { MayEarnPoints: true } captured => [new(new GivePoints(captured.Id))],
        PaymentRefunded refunded => [new(new TakeBackPoints(refunded.Id, refunded.RefundId, refunded.Refunded))],
        _ => [],
    };
}

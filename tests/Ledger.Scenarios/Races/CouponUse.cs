using Ledger.Domain.Coupons;
using Ledger.Domain.Subscriptions;
using Ledger.EventStore.Events;

namespace Ledger.Scenarios.Races;

/// <summary>How often each coupon has reduced a charge of each subscription: never more often than it may.</summary>
internal sealed class CouponUse
{
    private readonly Dictionary<(SubscriptionId, CouponId), int> left = [];

    public void Take(StoredEvent happened)
    {
        if (happened.Event is CouponAppliedToSubscription { Terms.Charges: { } charges } applied) left.TryAdd((applied.Id, applied.CouponId), charges).ShouldBeTrue("A coupon was applied anew");
        if (happened.Event is not SubscriptionBilled { Coupons: { } used } billed) return;
        foreach (var one in used.Where(one => left.ContainsKey((billed.Id, one))))
            (--left[(billed.Id, one)]).ShouldBeGreaterThanOrEqualTo(0, $"{one} on {billed.Id} at {happened.Position}");
    }
}

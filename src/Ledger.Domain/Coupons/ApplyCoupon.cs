using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Coupons;

/// <summary>Let a coupon reduce the next charges of a subscription. The same coupon again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_ended</c>, <c>coupon_not_found</c>, <c>coupon_expired</c>,
/// <c>coupon_not_yet_active</c>, <c>coupon_activation_closed</c>, <c>coupon_not_applicable</c>, <c>coupon_used_up</c> for one that has
/// reduced all the charges it may, and <c>coupon_already_applied</c>: one coupon reduces a charge, unless the tenant lets them stack;
/// then <c>too_many_coupons</c> for a sixth.
/// </remarks>
public sealed record ApplyCoupon(SubscriptionId Id, TenantId Tenant, CouponId CouponId, LocalDate Today) : IJointCommand
{
    /// <summary>How many reduce one charge where they stack.</summary>
    public const int StackedMax = 5;

    public async ValueTask<JointDecision> Decide(IStates states) =>
        await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is Subscription.Known known
            ? await Decide(states, known)
            : SubscriptionRejections.NotFound;

    private async ValueTask<JointDecision> Decide(IStates states, Subscription.Known known)
    {
        if (known.IsEnded) return SubscriptionRejections.Ended;
        if (known.Coupons.Any(one => one.CouponId == CouponId)) return JointDecision.Nothing;
        var (applied, rejection) = await Applied(states, known);
        return rejection is not null ? rejection : new JointDecision().Append(Id.Stream, applied!);
    }

    internal async ValueTask<(CouponAppliedToSubscription? Applied, Rejection? Rejection)> Applied(IStates states, Subscription.Known known)
    {
        if (await states.Of<Coupon, CouponEvent>(CouponId.Stream) is not Coupon.Known { IsDeleted: false } coupon) return (null, CouponRejections.NotFound);
        var variations = known.Items.Count == 0 ? null : known.Items.Select(item => item.ProductVariationId?.Value);
        if (coupon.Terms.Refusal(Today, variations, known.Currency) is { } no) return (null, no);
        if (known.UsedUpCoupons.Contains(CouponId)) return (null, CouponRejections.UsedUp);
        return known.Coupons.Count > 0 && await NoRoom(states, known) is { } full ? (null, full) : (new(Id, CouponId, coupon.Code, coupon.Terms, Today), null);
    }

    /// <summary>Why no further coupon can reduce the next charge; null when one can.</summary>
    private async ValueTask<Rejection?> NoRoom(IStates states, Subscription.Known known)
    {
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known { CouponsStack: true }) return CouponRejections.AlreadyApplied;
        return known.Coupons.Count >= StackedMax ? CouponRejections.TooMany : null;
    }
}

/// <summary>Bill again, with a coupon that reduces the next charges. Of a subscription that runs already nothing changes.</summary>
/// <remarks>Refuses as resuming and applying do; if either is refused, nothing happens.</remarks>
public sealed record ResumeWithCoupon(SubscriptionId Id, TenantId Tenant, CouponId CouponId, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        var state = await states.Of<Subscription, SubscriptionEvent>(Id.Stream);
        var resumed = new ResumeSubscription(Id, Today).Decide(state);
        if (resumed.Rejection is { } no) return no;
        if (resumed.Count == 0) return JointDecision.Nothing;

        var known = (Subscription.Known)state;
        if (known.Coupons.Any(one => one.CouponId == CouponId)) return new JointDecision().Append(Id.Stream, [.. resumed]);
        var (applied, rejection) = await new ApplyCoupon(Id, Tenant, CouponId, Today).Applied(states, known);
        return rejection is not null ? rejection : new JointDecision().Append(Id.Stream, [applied!, .. resumed]);
    }
}

namespace Ledger.Domain.Coupons;

public readonly record struct CouponId(Guid Value) : IId<CouponId>
{
    public static CouponId From(Guid value) => new(value);

    public StreamId Stream => new("coupon", Value);
}

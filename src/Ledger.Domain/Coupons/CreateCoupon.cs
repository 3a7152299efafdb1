namespace Ledger.Domain.Coupons;

/// <summary>Offer a coupon. Refuses with <c>coupon_code_taken</c>.</summary>
public sealed record CreateCoupon(CouponId Id, string Code, CouponTerms Terms, string? Description) : ICommand<Coupon, CouponEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<CouponEvent> Decide(Coupon state) => state is Coupon.Unknown
        ? ((Decision<CouponEvent>)[new CouponCreated(Id, Code, Terms, Description)]).Claiming(CodeClaim(Id, Code))
        : [];

    /// <summary>Codes are compared without case.</summary>
    public const string ClaimKind = "coupon.code";

    public static string Compared(string code) => code.ToUpperInvariant();

    internal static Claim CodeClaim(CouponId id, string code) => new(ClaimKind, Compared(code), id.Stream, CouponRejections.CodeTaken);
}

/// <summary>Change what a coupon takes off from now on. The same again changes nothing. Refuses with <c>coupon_not_found</c>.</summary>
public sealed record ChangeCoupon(CouponId Id, CouponTerms Terms, string? Description) : ICommand<Coupon, CouponEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<CouponEvent> Decide(Coupon state) => state switch
    {
        Coupon.Known { IsDeleted: false } known => known.Terms.IsSame(Terms) && known.Description == Description ? [] : [new CouponChanged(Id, Terms, Description)],
        _ => CouponRejections.NotFound,
    };
}

/// <summary>Offer a coupon no more; its code is free for another. Deleting again changes nothing. Refuses with <c>coupon_not_found</c>.</summary>
public sealed record DeleteCoupon(CouponId Id) : ICommand<Coupon, CouponEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<CouponEvent> Decide(Coupon state) => state switch
    {
        Coupon.Known { IsDeleted: false } known => ((Decision<CouponEvent>)[new CouponDeleted(Id)]).Releasing(CreateCoupon.CodeClaim(Id, known.Code)),
        Coupon.Known => [],
        _ => CouponRejections.NotFound,
    };
}

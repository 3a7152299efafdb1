namespace Ledger.Domain.Coupons;

/// <summary>What can happen to a coupon. Stored forever: add cases, never edit them.</summary>
public abstract record CouponEvent : IEvent
{
    private protected CouponEvent() { }
}

/// <param name="Code">As it is shown; compared without case.</param>
public sealed record CouponCreated(CouponId Id, string Code, CouponTerms Terms, string? Description = null) : CouponEvent;

/// <summary>All that is known of it from now on, changed or not. Where it was applied before, it stays as it was.</summary>
public sealed record CouponChanged(CouponId Id, CouponTerms Terms, string? Description = null) : CouponEvent;

/// <summary>Its code opens nothing any more. Where it was applied, it works until it is used up.</summary>
public sealed record CouponDeleted(CouponId Id) : CouponEvent;

/// <summary>A coupon, as it is now.</summary>
public abstract record Coupon : IState<Coupon, CouponEvent>
{
    private Coupon() { }

    public sealed record Unknown : Coupon;

    public sealed record Known(CouponId Id, string Code, CouponTerms Terms, string? Description, bool IsDeleted) : Coupon;

    public static Coupon Initial { get; } = new Unknown();

    public static Coupon Evolve(Coupon state, CouponEvent @event) => @event switch
    {
        CouponCreated made => new Known(made.Id, made.Code, made.Terms, made.Description, IsDeleted: false),
        CouponChanged changed => (Known)state with { Terms = changed.Terms, Description = changed.Description },
        CouponDeleted => (Known)state with { IsDeleted = true },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

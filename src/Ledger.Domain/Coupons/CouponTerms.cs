namespace Ledger.Domain.Coupons;

/// <summary>What a coupon takes off, and when.</summary>
/// <param name="Percentage">A share of what it is good for; null for a fixed amount.</param>
/// <param name="Amount">Taken off each charge, at most what it is good for; null for a percentage.</param>
/// <param name="ActivationFrom">The first day on which the code can be entered; null for any before the last.</param>
/// <param name="ActivationUntil">The last such day.</param>
/// <param name="ValidFrom">The first day whose charge is reduced; null for any before the last.</param>
/// <param name="ValidUntil">The last such day.</param>
/// <param name="Charges">How many charges it reduces; null for no end.</param>
/// <param name="ProductVariations">What it is good for; empty for all.</param>
public sealed record CouponTerms(
    TaxRate? Percentage, Money? Amount, LocalDate? ActivationFrom, LocalDate? ActivationUntil, LocalDate? ValidFrom, LocalDate? ValidUntil,
    int? Charges, IReadOnlyList<Guid> ProductVariations)
{
    /// <summary>Whether a charge of this day is reduced.</summary>
    public bool IsValidOn(LocalDate day) => !(day < ValidFrom) && !(day > ValidUntil);

    public bool IsGoodFor(Guid? variation) => ProductVariations.Count == 0 || (variation is { } one && ProductVariations.Contains(one));

    /// <summary>Whether it can take anything off an amount in this currency: a share can of any.</summary>
    public bool IsIn(Currency currency) => Amount is not { } amount || amount.Currency == currency;

    /// <summary>Why its code cannot be entered today for these in a currency; null when it can.</summary>
    /// <param name="variations">What is bought; null while that is not known yet.</param>
    public Rejection? Refusal(LocalDate today, IEnumerable<Guid?>? variations, Currency currency)
    {
        if (today > ValidUntil) return CouponRejections.Expired;
        if (today < ActivationFrom) return CouponRejections.NotYetActive;
        if (today > ActivationUntil) return CouponRejections.ActivationClosed;
        if (!IsIn(currency)) return CouponRejections.NotApplicable.With($"It takes off an amount in {Amount!.Value.Currency}, and this is in {currency}.");
        return variations is null || variations.Any(IsGoodFor) ? null : CouponRejections.NotApplicable;
    }

    public bool IsSame(CouponTerms other) =>
        this with { ProductVariations = [] } == other with { ProductVariations = [] } && ProductVariations.SequenceEqual(other.ProductVariations);
}

/// <summary>A coupon that reduces the charges of a subscription.</summary>
/// <param name="ChargesLeft">How many more; null for no end.</param>
public sealed record AppliedCoupon(CouponId CouponId, string Code, CouponTerms Terms, int? ChargesLeft)
{
    /// <summary>Those that may reduce a charge of a day in a currency.</summary>
    public static IReadOnlyList<AppliedCoupon> For(IEnumerable<AppliedCoupon> applied, LocalDate day, Currency currency) =>
        [.. applied.Where(one => one.Terms.IsValidOn(day) && one.Terms.IsIn(currency))];

    /// <summary>What is left after a charge that these have reduced.</summary>
    public static IReadOnlyList<AppliedCoupon> After(IReadOnlyList<AppliedCoupon> applied, IReadOnlyList<CouponId>? used) => used is null
        ? applied
        : [.. applied.Select(one => used.Contains(one.CouponId) ? one with { ChargesLeft = one.ChargesLeft - 1 } : one).Where(one => one.ChargesLeft is null or > 0)];
}

/// <summary>Every "no" a coupon can say.</summary>
public static class CouponRejections
{
    public static readonly Rejection NotFound = new("coupon_not_found", RejectionKind.NotFound, "No coupon has this code or id.");

    public static readonly Rejection CodeTaken = new("coupon_code_taken", RejectionKind.Conflict, "Another coupon has this code.");

    public static readonly Rejection Expired = new("coupon_expired", RejectionKind.Unprocessable, "The coupon reduces no more charges: its time is over.");

    public static readonly Rejection NotYetActive = new("coupon_not_yet_active", RejectionKind.Unprocessable, "The code cannot be entered yet.");

    public static readonly Rejection ActivationClosed = new(
        "coupon_activation_closed", RejectionKind.Unprocessable, "The code can be entered no more.");

    public static readonly Rejection NotApplicable = new(
        "coupon_not_applicable", RejectionKind.Unprocessable, "The coupon is good for none of these.");

    public static readonly Rejection AlreadyApplied = new(
        "coupon_already_applied", RejectionKind.Conflict, "Another coupon reduces the next charge already.");

    public static readonly Rejection TooMany = new("too_many_coupons", RejectionKind.Conflict, "As many coupons as may reduce the next charge already.");

    public static readonly Rejection UsedUp = new(
        "coupon_used_up", RejectionKind.Conflict, "The coupon has reduced as many charges of this subscription as it may.");
}

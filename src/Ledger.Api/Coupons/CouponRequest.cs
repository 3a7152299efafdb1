using System.Globalization;
using Ledger.Domain.Amounts;
using Ledger.Domain.Coupons;

namespace Ledger.Api.Coupons;

public enum DiscountType { Percentage, FixedAmount }

/// <summary>What a request may say of a coupon. Of a change, what is absent stays as it is; an empty list of variations is for all.</summary>
/// <param name="Code">Compared without case; of a change it is absent.</param>
/// <param name="DiscountType">Absent for a percentage, or for the one that what is said goes with.</param>
/// <param name="Amount">Of a percentage, such as 20 for 20 %, with at most four decimals.</param>
/// <param name="FixedAmount">Of a fixed amount.</param>
/// <param name="ActivationStartTime">The first day on which the code can be entered, in the tenant's zone; absent for any.</param>
/// <param name="ActivationEndTime">The last such day.</param>
/// <param name="ValidityStartTime">The first day whose charge is reduced; absent for any.</param>
/// <param name="ValidityEndTime">The last such day.</param>
/// <param name="FixedDeliveries">How many charges it reduces; absent for no end.</param>
/// <param name="ProductVariations">What it is good for; absent for all.</param>
public sealed record CouponRequest(
    string? Code = null, DiscountType? DiscountType = null, decimal? Amount = null, Money? FixedAmount = null,
    string? Description = null, LocalDate? ActivationStartTime = null, LocalDate? ActivationEndTime = null,
    LocalDate? ValidityStartTime = null, LocalDate? ValidityEndTime = null, int? FixedDeliveries = null,
    IReadOnlyList<Guid>? ProductVariations = null)
{
    private const int VariationsMax = 100;

    private DiscountType Kind => DiscountType ?? Coupons.DiscountType.Percentage;

    internal CouponTerms ToTerms() => new(
        Kind is Coupons.DiscountType.Percentage ? TaxRate.Of(Amount!.Value / 100) : null, Kind is Coupons.DiscountType.FixedAmount ? FixedAmount : null,
        ActivationStartTime, ActivationEndTime, ValidityStartTime, ValidityEndTime, FixedDeliveries, [.. (ProductVariations ?? []).Distinct()]);

    /// <summary>The whole coupon: this laid over what it is.</summary>
    internal CouponRequest Over(CouponResponse before)
    {
        var kind = DiscountType ?? (FixedAmount is not null ? Coupons.DiscountType.FixedAmount : Amount is not null ? Coupons.DiscountType.Percentage : before.DiscountType);
        return this with
        {
            DiscountType = kind,
            Amount = Amount ?? (kind is Coupons.DiscountType.Percentage ? before.Amount : null),
            FixedAmount = FixedAmount ?? (kind is Coupons.DiscountType.FixedAmount ? before.FixedAmount : null),
            Description = Description ?? before.Description,
            ActivationStartTime = ActivationStartTime ?? before.ActivationStartTime, ActivationEndTime = ActivationEndTime ?? before.ActivationEndTime,
            ValidityStartTime = ValidityStartTime ?? before.ValidityStartTime, ValidityEndTime = ValidityEndTime ?? before.ValidityEndTime,
            FixedDeliveries = FixedDeliveries ?? before.FixedDeliveries, ProductVariations = ProductVariations ?? before.ProductVariations,
        };
    }

    /// <exception cref="ProblemException">Something in it is wrong.</exception>
    internal void OrRefuse(bool isNew) => new Check()
        .And(!isNew || Code is { Length: >= 1 and <= 40 } && Code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'), "/code", "not_a_code", "From 1 to 40 letters, digits, - or _.")
        .And(isNew || Code is null, "/code", "not_changed", "A code stays. Create another coupon.")
        .And(Kind is not Coupons.DiscountType.Percentage || (Amount is > 0 and <= 100 && decimal.Round(Amount.Value, 4) == Amount), "/amount", "out_of_range", "A percentage, above 0 and up to 100, with at most four decimals.")
        .And(Kind is not Coupons.DiscountType.FixedAmount || FixedAmount is { Amount: > 0 and <= 1_000_000_000_000 }, "/fixed_amount", "out_of_range", "From 1 to 1,000,000,000,000 minor units.")
        .And(Amount is null || FixedAmount is null, "/fixed_amount", "either_or", "Either a percentage or a fixed amount.")
        .And(FixedDeliveries is null or (>= 1 and <= 1000), "/fixed_deliveries", "out_of_range", "From 1 to 1000.")
        .And(!(ActivationEndTime < ActivationStartTime), "/activation_end_time", "before_start", "Not before the start.")
        .And(!(ValidityEndTime < ValidityStartTime), "/validity_end_time", "before_start", "Not before the start.")
        .And(ProductVariations is null or { Count: <= VariationsMax }, "/product_variations", "too_many", $"At most {VariationsMax}.")
        .Text(Description, "/description", 500).OrRefuse();
}

/// <summary>A coupon on the wire.</summary>
public sealed record CouponResponse(
    CouponId Id, string Code, DiscountType DiscountType, decimal? Amount, Money? FixedAmount, string? Description, LocalDate? ActivationStartTime,
    LocalDate? ActivationEndTime, LocalDate? ValidityStartTime, LocalDate? ValidityEndTime, int? FixedDeliveries, IReadOnlyList<Guid> ProductVariations)
{
    internal static CouponResponse From(CouponId id, string code, CouponTerms terms, string? description) => new(
        id, code, terms.Percentage is null ? DiscountType.FixedAmount : DiscountType.Percentage,
        terms.Percentage is { } share ? decimal.Parse((share.Value * 100).ToString("0.####", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) : null,
        terms.Amount, description, terms.ActivationFrom, terms.ActivationUntil, terms.ValidFrom, terms.ValidUntil, terms.Charges, terms.ProductVariations);
}

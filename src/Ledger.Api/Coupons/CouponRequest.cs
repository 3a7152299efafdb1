using System.Globalization;
using Ledger.Domain.Amounts;
using Ledger.Domain.Coupons;

namespace Ledger.Api.Coupons;

public enum DiscountType { Percentage, FixedAmount }

/// <summary>A coupon as wished for.</summary>
/// <param name="Code">Compared without case; of a change it is absent.</param>
/// <param name="Amount">Of a percentage, such as 20 for 20 %, with at most four decimals.</param>
/// <param name="FixedAmount">Of a fixed amount.</param>
/// <param name="ActivationStartTime">The first day on which the code can be entered, in the tenant's zone; absent for any.</param>
/// <param name="ActivationEndTime">The last such day.</param>
/// <param name="ValidityStartTime">The first day whose charge is reduced; absent for any.</param>
/// <param name="ValidityEndTime">The last such day.</param>
/// <param name="FixedDeliveries">How many charges it reduces; absent for no end.</param>
/// <param name="ProductVariations">What it is good for; absent for all.</param>
public sealed record CouponRequest(
    string? Code = null, DiscountType DiscountType = DiscountType.Percentage, decimal? Amount = null, Money? FixedAmount = null,
    string? Description = null, LocalDate? ActivationStartTime = null, LocalDate? ActivationEndTime = null,
    LocalDate? ValidityStartTime = null, LocalDate? ValidityEndTime = null, int? FixedDeliveries = null,
    IReadOnlyList<Guid>? ProductVariations = null)
{
    private const int VariationsMax = 100;

    internal CouponTerms ToTerms() => new(
        DiscountType is DiscountType.Percentage ? TaxRate.Of(Amount!.Value / 100) : null, DiscountType is DiscountType.FixedAmount ? FixedAmount : null,
        ActivationStartTime, ActivationEndTime, ValidityStartTime, ValidityEndTime, FixedDeliveries, [.. (ProductVariations ?? []).Distinct()]);

    /// <exception cref="ProblemException">Something in it is wrong.</exception>
    internal void OrRefuse(bool isNew) => new Check()
        .And(!isNew || Code is { Length: >= 1 and <= 40 } && Code.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'), "/code", "not_a_code", "From 1 to 40 letters, digits, - or _.")
        .And(isNew || Code is null, "/code", "not_changed", "A code stays. Create another coupon.")
        .And(DiscountType is not DiscountType.Percentage || (Amount is > 0 and <= 100 && decimal.Round(Amount.Value, 4) == Amount), "/amount", "out_of_range", "A percentage, above 0 and up to 100, with at most four decimals.")
        .And(DiscountType is not DiscountType.FixedAmount || FixedAmount is { Amount: > 0 and <= 1_000_000_000_000 }, "/fixed_amount", "out_of_range", "From 1 to 1,000,000,000,000 minor units.")
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

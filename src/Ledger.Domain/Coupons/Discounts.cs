using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Coupons;

/// <summary>What coupons take off the lines of a charge, in whichever order they were entered.</summary>
/// <remarks>
/// Percentages first: of each line the exact product of those that are good for it, rounded once. Fixed amounts after, those that are good
/// for fewer lines before those for more; amounts for the same lines are one. Each is shared among its lines by what is left of them,
/// largest remainder. Never more than what they are good for.
/// </remarks>
public static class Discounts
{
    public static IReadOnlyList<PricedLine> On(IReadOnlyList<PricedLine> lines, IEnumerable<CouponTerms> coupons)
    {
        var all = coupons.ToList();
        IReadOnlyList<PricedLine> left = [.. lines.Select(line => Percentages(line, all))];
        var amounts = all.Where(one => one.Amount is { } amount && lines.Count > 0 && amount.Currency == lines[0].Amount.Currency)
            .Select(one => (Amount: one.Amount!.Value.Amount, Places: PlacesOf(left, one)))
            .GroupBy(one => string.Join(' ', one.Places))
            .Select(group => (Amount: group.Sum(one => one.Amount), group.First().Places))
            .OrderBy(one => one.Places.Count).ThenBy(one => string.Join(' ', one.Places), StringComparer.Ordinal);
        return amounts.Aggregate(left, (after, one) => TakeOff(after, one.Amount, one.Places));
    }

    /// <summary>Those of them that take something off.</summary>
    public static IReadOnlyList<CouponId> Used(IReadOnlyList<PricedLine> lines, IReadOnlyList<AppliedCoupon> coupons) =>
        [.. coupons.Where(one => TakesOff(lines, one.Terms, [.. coupons.Select(other => other.Terms)])).Select(one => one.CouponId)];

    private static bool TakesOff(IReadOnlyList<PricedLine> lines, CouponTerms coupon, IReadOnlyList<CouponTerms> all) => coupon.Percentage is { } share
        ? share.Value > 0 && lines.Any(line => line.Amount.Amount > 0 && coupon.IsGoodFor(line.ProductVariationId))
        : On(lines, all.Where(one => one.Percentage is not null)).Any(line => line.Left.Amount > 0 && coupon.IsGoodFor(line.ProductVariationId));

    private static PricedLine Percentages(PricedLine line, IReadOnlyList<CouponTerms> coupons)
    {
        var kept = coupons.Where(one => one.Percentage is not null && one.IsGoodFor(line.ProductVariationId))
            .Select(one => one.Percentage!.Value.Value).Order().Aggregate(1m, (rest, share) => rest * (1 - share));
        if (line.Left.Amount <= 0 || kept == 1) return line;

        // Five shares of six decimals have thirty: more than a decimal holds exactly, and far more than an amount can show.
        var off = line.Left - RoundHalfDown(line.Left, kept);
        return off.Amount == 0 ? line : line with { Discount = (line.Discount ?? Money.Zero(off.Currency)) + off };
    }

    /// <summary>What is kept; half a unit is taken off, since what is taken off is rounded half away from zero.</summary>
    private static Money RoundHalfDown(Money amount, decimal share) => amount with { Amount = (long)decimal.Ceiling((amount.Amount * share) - 0.5m) };

    private static IReadOnlyList<int> PlacesOf(IReadOnlyList<PricedLine> lines, CouponTerms coupon) =>
        [.. Enumerable.Range(0, lines.Count).Where(place => coupon.IsGoodFor(lines[place].ProductVariationId) && lines[place].Left.Amount > 0)];

    private static IReadOnlyList<PricedLine> TakeOff(IReadOnlyList<PricedLine> lines, long amount, IReadOnlyList<int> places)
    {
        var left = lines.Select((line, place) => places.Contains(place) ? Math.Max(0, line.Left.Amount) : 0).ToArray();
        if (left.Sum() is not (> 0 and var total)) return lines;
        var currency = lines[0].Amount.Currency;
        var parts = new Money(Math.Min(amount, total), currency).Split(left);
        return [.. lines.Zip(parts, (line, part) => part.Amount == 0 ? line : line with { Discount = (line.Discount ?? Money.Zero(currency)) + part })];
    }
}

/// <summary>What a subscription's days cost, with the coupons that reduce them.</summary>
/// <param name="Used">The coupons that took something off.</param>
public sealed record DiscountedDays(InvoiceDraft Draft, IReadOnlyList<CouponId> Used)
{
    public static DiscountedDays Of(Subscription.Known subscription, IReadOnlyList<SubscriptionItem> items, DaysToBill days, bool pricesIncludeTax)
    {
        if (subscription.Coupons.Count == 0) return new(InvoiceDraft.Of(subscription.Currency, items, days, pricesIncludeTax), []);
        IReadOnlyList<PricedLine> lines = [.. items.Select(item => InvoiceDraft.LineOf(item) with { Amount = days.PartOf(item.Total) })];
        var valid = AppliedCoupon.For(subscription.Coupons, days.Days.From, subscription.Currency);
        return new(
            InvoiceDraft.Of(subscription.Currency, Discounts.On(lines, valid.Select(one => one.Terms)), pricesIncludeTax), Discounts.Used(lines, valid));
    }
}

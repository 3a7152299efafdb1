using Ledger.Domain.Invoices;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Coupons;

/// <summary>What coupons take off the lines of a charge.</summary>
/// <remarks>
/// Percentages first, each of what the ones before have left; fixed amounts after. Never more than what they are good for. Each is
/// rounded once and shared among its lines by what is left of them, largest remainder.
/// </remarks>
public static class Discounts
{
    public static IReadOnlyList<PricedLine> On(IReadOnlyList<PricedLine> lines, IEnumerable<CouponTerms> coupons) =>
        coupons.OrderBy(one => one.Percentage is null).Aggregate(lines, TakeOff);

    private static IReadOnlyList<PricedLine> TakeOff(IReadOnlyList<PricedLine> lines, CouponTerms coupon)
    {
        var left = lines.Select(line => coupon.IsGoodFor(line.ProductVariationId) ? Math.Max(0, line.Left.Amount) : 0).ToArray();
        if (left.Sum() is not (> 0 and var total)) return lines;
        var currency = lines[0].Amount.Currency;
        if (coupon.Amount is { } wrong && wrong.Currency != currency) return lines;

        var off = coupon.Percentage is { } share
            ? Money.RoundHalfAway((Int128)total * (Int128)(share.Value * 1_000_000), 1_000_000)
            : Math.Min(coupon.Amount!.Value.Amount, total);
        var parts = new Money(off, currency).Split(left);
        return [.. lines.Zip(parts, (line, part) => part.Amount == 0 ? line : line with { Discount = (line.Discount ?? Money.Zero(currency)) + part })];
    }
}

/// <summary>What a subscription's days cost, with the coupons that reduce them.</summary>
/// <param name="Used">The coupons that were good for it.</param>
public sealed record DiscountedDays(InvoiceDraft Draft, IReadOnlyList<CouponId> Used)
{
    public static DiscountedDays Of(Subscription.Known subscription, IReadOnlyList<SubscriptionItem> items, DaysToBill days, bool pricesIncludeTax)
    {
        if (subscription.Coupons.Count == 0) return new(InvoiceDraft.Of(subscription.Currency, items, days, pricesIncludeTax), []);
        IReadOnlyList<PricedLine> lines = [.. items.Select(item => InvoiceDraft.LineOf(item) with { Amount = days.PartOf(item.Total) })];
        var valid = subscription.Coupons.Where(one => one.Terms.IsValidOn(days.Days.From) && lines.Any(line => one.Terms.IsGoodFor(line.ProductVariationId))).ToList();
        return new(
            InvoiceDraft.Of(subscription.Currency, Discounts.On(lines, valid.Select(one => one.Terms)), pricesIncludeTax),
            [.. valid.Select(one => one.CouponId)]);
    }
}

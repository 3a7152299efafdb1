using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;

namespace Ledger.Domain.Tests.Coupons;

public class DiscountsTests
{
    /// <summary>Published cases: percentages first, fixed amounts after, never below zero. A word is a share or an amount in cents.</summary>
    [Theory]
    [InlineData("T-01", 10000, "0.1 0.25", 3250)]
    [InlineData("T-01, the other way round", 10000, "0.25 0.1", 3250)]
    [InlineData("T-05", 10000, "1000 11000", 10000)]
    [InlineData("T-07", 10000, "1000 0.2", 3000)]
    [InlineData("T-09", 10000, "0.1 0.1", 1900)]
    [InlineData("half a cent", 5, "0.1", 1)]
    [InlineData("rounded once", 1005, "0.1 0.25", 327)]
    [InlineData("rounded once, the other way round", 1005, "0.25 0.1", 327)]
    public void Coupons_take_off(string id, long amount, string coupons, long off) =>
        Off([Line(amount)], coupons.Split(' ').Select(Terms)).ShouldBe(off, id);

    /// <summary>C-13: 100 over 333, 333, 334.</summary>
    [Fact]
    public void A_fixed_amount_is_shared_by_what_the_lines_cost() =>
        Discounts.On([Line(333), Line(333), Line(334)], [Terms("100")]).Select(line => line.Left.Amount).ShouldBe([300, 300, 300]);

    [Fact]
    public void What_a_coupon_is_not_good_for_costs_what_it_costs()
    {
        var (rye, oats) = (Guid.NewGuid(), Guid.NewGuid());
        var lines = Discounts.On(
            [Line(1000) with { ProductVariationId = rye }, Line(1000) with { ProductVariationId = oats }, Line(1000)],
            [Terms("0.2") with { ProductVariations = [rye] }]);
        lines.Select(line => line.Left.Amount).ShouldBe([800, 1000, 1000]);
    }

    [Fact]
    public void Another_currency_is_not_touched() =>
        Discounts.On([Line(1000)], [Terms("100") with { Amount = Isk(100) }]).Single().Discount.ShouldBeNull();

    [Fact]
    public void Nothing_is_ever_below_zero_and_the_lines_add_up() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var pick = new Properties.Picker(seed);
        var lines = Enumerable.Range(0, pick.Int(1, 5)).Select(_ => Line(pick.Int(0, 5000))).ToList();
        var coupons = Enumerable.Range(0, pick.Int(1, 3)).Select(_ => Terms(pick.One("0.1", "0.333333", "1", "7", "100000"))).ToList();
        var after = Discounts.On(lines, coupons);
        after.ShouldAllBe(line => line.Left.Amount >= 0 && line.Left.Amount <= line.Amount.Amount);
        var draft = InvoiceDraft.Of(Currency.Parse("USD"), after, pricesIncludeTax: true);
        draft.Total.Amount.ShouldBe(after.Sum(line => line.Left.Amount));
    }).QuickCheckThrowOnFailure();

    /// <summary>Of each line what is taken off is the exact product, rounded once.</summary>
    [Fact]
    public void Percentages_compound_exactly_and_are_rounded_once_per_line() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var pick = new Properties.Picker(seed);
        var lines = Enumerable.Range(0, pick.Int(1, 5)).Select(_ => Line(pick.Int(0, 5000))).ToList();
        var shares = Enumerable.Range(0, pick.Int(1, ApplyCoupon.StackedMax)).Select(_ => pick.One("0.1", "0.25", "0.333333", "0.5")).ToList();
        foreach (var (before, after) in lines.Zip(Discounts.On(lines, shares.Select(Terms))))
        {
            var exact = before.Amount.Amount - shares.Aggregate((decimal)before.Amount.Amount, (rest, share) => rest * (1 - Rate(share).Value));
            (after.Discount?.Amount ?? 0).ShouldBe((long)decimal.Round(exact, MidpointRounding.AwayFromZero));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void In_any_order_they_take_the_same_off_each_line() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var pick = new Properties.Picker(seed);
        Guid[] things = [Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid()];
        var lines = Enumerable.Range(0, pick.Int(1, 5)).Select(_ => Line(pick.Int(0, 5000)) with { ProductVariationId = pick.One(things) }).ToList();
        var coupons = Enumerable.Range(0, pick.Int(1, ApplyCoupon.StackedMax)).Select(_ =>
            Terms(pick.One("0.1", "0.25", "0.333333", "7", "500", "2000")) with
            {
                ProductVariations = pick.Chance(50) ? [] : [.. things.Where(_ => pick.Chance(50))],
            }).ToList();
        var taken = Discounts.On(lines, coupons).Select(line => line.Discount).ToList();
        Discounts.On(lines, coupons.AsEnumerable().Reverse()).Select(line => line.Discount).ShouldBe(taken, $"seed {seed}");
        Discounts.On(lines, coupons.OrderBy(_ => pick.Int(0, 99))).Select(line => line.Discount).ShouldBe(taken, $"seed {seed}");
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Another_coupon_makes_nothing_dearer_and_a_fixed_amount_takes_all_it_can() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var pick = new Properties.Picker(seed);
        var lines = Enumerable.Range(0, pick.Int(1, 5)).Select(_ => Line(pick.Int(0, 5000))).ToList();
        var shares = Enumerable.Range(0, pick.Int(0, 3)).Select(_ => Terms(pick.One("0.1", "0.333333"))).ToList();
        var amount = pick.Int(2, 8000);   // 1 is a whole share.
        var (before, total) = (Off(lines, shares), lines.Sum(line => line.Amount.Amount));
        Off(lines, [Terms($"{amount}"), .. shares]).ShouldBe(before + Math.Min(amount, total - before));
    }).QuickCheckThrowOnFailure();

    private static long Off(IReadOnlyList<PricedLine> lines, IEnumerable<CouponTerms> coupons) =>
        Discounts.On(lines, coupons).Sum(line => line.Discount?.Amount ?? 0);

    private static Money Cents(long amount) => new(amount, Currency.Parse("USD"));

    private static PricedLine Line(long cents) => new("Bread", 1, Cents(cents), Cents(cents), Rate("0.24"));

    private static CouponTerms Terms(string word) => word.Contains('.', StringComparison.Ordinal) || word == "1"
        ? new(Rate(word), null, null, null, null, null, null, [])
        : new(null, Cents(long.Parse(word, System.Globalization.CultureInfo.InvariantCulture)), null, null, null, null, null, []);
}

using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Billing;

public class InvoiceReplayTests
{
    private static readonly Guid Rye = Number(51), Oats = Number(52);
    private static readonly Currency Usd = Currency.Parse("USD");

    [Theory]
    [InlineData(1000, 2000)]
    [InlineData(1100, 2200)]
    [InlineData(0, 0)]
    public void Another_price_is_invoiced_for_each(long price, long total) =>
        InvoiceReplay.AtPrice(Past([Line(Rye, 1000, quantity: 2)]), Rye, Cents(price)).ShouldBe(Cents(total));

    [Fact]
    public void A_part_of_a_period_keeps_its_share() =>
        InvoiceReplay.AtPrice(Past([Line(Rye, 3000) with { Amount = Cents(1000) }]), Rye, Cents(6000)).ShouldBe(Cents(2000));

    [Fact]
    public void A_coupon_that_reduced_it_reduces_the_other_price()
    {
        PricedLine[] lines = [Line(Rye, 1000), Line(Oats, 500)];
        InvoiceReplay.AtPrice(Past(lines, Off("0.1")), Rye, Cents(2000)).ShouldBe(Cents(2250));
        InvoiceReplay.AtPrice(Past(lines, Fixed(300)), Rye, Cents(100)).ShouldBe(Cents(300), "Of 600 in all.");
    }

    [Fact]
    public void Other_products_and_currencies_stay_as_they_were()
    {
        var past = Past([Line(Rye, 1000)]);
        InvoiceReplay.AtPrice(past, Oats, Cents(1)).ShouldBe(past.Issued.Total);
        InvoiceReplay.AtPrice(past, Rye, Isk(1)).ShouldBe(past.Issued.Total);
    }

    [Fact]
    public void A_coupon_comes_after_those_that_were_there_and_is_worth_no_more_than_the_rest()
    {
        InvoiceReplay.WithCoupon(Past([Line(Rye, 1000)], Off("0.5")), Off("0.1")).ShouldBe(Cents(450));
        InvoiceReplay.WithCoupon(Past([Line(Rye, 1000)]), Fixed(5000)).ShouldBe(Cents(0));
        InvoiceReplay.WithCoupon(Past([Line(Rye, 1000)]), Off("0.1") with { ProductVariations = [Oats] }).ShouldBe(Cents(1000));
    }

    [Fact]
    public void The_real_price_and_a_coupon_of_nothing_make_no_difference_whatever_was_invoiced() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var pick = new Properties.Picker(seed);
        var price = pick.Int(0, 5000);
        var lines = Enumerable.Range(0, pick.Int(0, 4)).Select(_ => Line(Oats, pick.Int(0, 5000), pick.Int(1, 3), pick.One("0", "0.24", "0.11")))
            .Append(Line(Rye, price, pick.Int(1, 5), pick.One("0.24", "0.07"))).Select(line => line with { Amount = line.Amount.Prorate(pick.Int(1, 30), pick.Int(28, 31)) }).ToList();
        var past = Past(lines, [.. Enumerable.Range(0, pick.Int(0, 2)).Select(_ => pick.One(Off("0.1"), Off("0.333333"), Fixed(700)))]);
        if (pick.Int(0, 1) == 0) past = past with { Coupons = [] };   // Whose coupons are not known keeps what was taken off.
        InvoiceReplay.AtPrice(past, Rye, Cents(price)).ShouldBe(past.Issued.Total);
        InvoiceReplay.WithCoupon(past, Off("0")).ShouldBe(past.Issued.Total);
        InvoiceReplay.WithCoupon(past, Fixed(pick.Int(0, 9000))).ShouldBeLessThanOrEqualTo(past.Issued.Total);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void What_was_paid_would_have_been_and_what_was_not_would_not()
    {
        var past = Past([Line(Rye, 1000)]);
        (past with { Collected = Cents(1000), IsPaid = true }).CollectedOf(Cents(1500)).ShouldBe(Cents(1500));
        past.CollectedOf(Cents(500)).ShouldBe(Cents(0));
        (past with { Collected = Cents(400) }).CollectedOf(Cents(300)).ShouldBe(Cents(300));
    }

    [Fact]
    public void The_log_tells_what_was_invoiced_and_paid_with_the_coupons_of_the_day_and_nothing_of_what_was_cancelled()
    {
        var (history, terms, coupon) = (new InvoiceHistory(), Off("0.1"), CouponId.From(Number(71)));
        var (one, two) = (Past([Line(Rye, 1000)]).Issued, Past([Line(Rye, 500)]).Issued with { Id = InvoiceOf("2025-12-01"), Number = 2 });
        history.Take(new CouponAppliedToSubscription(Breads, coupon, "TEN", terms, Start));
        history.Take(one);
        history.Take(new SubscriptionBilled(Breads, one.Period!.Value, one.Id, PaymentOf("2025-11-01"), [coupon]));
        history.Take(two);
        history.Take(new InvoicePartiallyPaid(one.Id, Cents(300), Start));
        history.Take(new InvoicePaid(one.Id, null, Cents(700), Start));
        history.Take(new InvoiceCancelled(two.Id, two.Lines, two.Period, two.Total, Start));
        var past = history.All.ShouldHaveSingleItem();
        (past.Issued, past.Collected, past.IsPaid).ShouldBe((one, Cents(1000), true));
        past.Coupons.ShouldBe([terms]);
    }

    private static PastInvoice Past(IReadOnlyList<PricedLine> lines, params IReadOnlyList<CouponTerms> coupons)
    {
        var draft = InvoiceDraft.Of(Usd, Discounts.On(lines, coupons), pricesIncludeTax: true);
        return new(new(
            InvoiceOf("2025-11-01"), Jon, Breads, new BillingPeriod(Start, Start.PlusMonths(1)), draft.Lines, true, draft.Net, draft.Tax, draft.Total, Start, Start, 1),
            coupons, Cents(0), IsPaid: false);
    }

    private static PricedLine Line(Guid variation, long price, int quantity = 1, string rate = "0.24") =>
        new("Bread", quantity, Cents(price), Cents(price * quantity), Rate(rate), variation);

    private static Money Cents(long amount) => new(amount, Usd);

    private static CouponTerms Off(string share) => new(Rate(share), null, null, null, null, null, null, []);

    private static CouponTerms Fixed(long amount) => new(null, Cents(amount), null, null, null, null, null, []);
}

using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Coupons;

public class ApplyCouponTests
{
    private static readonly TenantSettingsChanged Stacking = new(
        Bakery, "Bakery", Krona, DateTimeZone.Utc, PricesIncludeTax: true, [Frequency.Monthly], CouponsStack: true);

    [Fact]
    public void Without_stacking_one_reduces_a_charge()
    {
        var shop = With(Shop(), 2);
        shop.After(Apply(0)).When(Apply(1)).ThenRejected(CouponRejections.AlreadyApplied);
        shop.When(Apply(0)).ThenNothing();
    }

    [Fact]
    public void Where_they_stack_five_reduce_a_charge_and_no_sixth()
    {
        var shop = With(Shop(), 6).And(Bakery.Stream, Stacking);
        for (var i = 0; i < ApplyCoupon.StackedMax; i++) shop.When(Apply(i)).ThenKinds(typeof(CouponAppliedToSubscription));
        shop.When(Apply(5)).ThenRejected(CouponRejections.TooMany);
    }

    [Fact]
    public void Percentages_come_first_and_amounts_after_whichever_was_entered_first()
    {
        var shop = Shop().And(Id(0).Stream, new CouponCreated(Id(0), "FIXED", Terms(amount: 1000))).And(Id(1).Stream, new CouponCreated(Id(1), "TWENTY", Terms("0.2")))
            .And(Bakery.Stream, Stacking).After(Apply(0)).After(Apply(1));
        var issued = shop.When(Bill("2025-11-01")).Events.OfType<InvoiceIssued>().Single();
        issued.Total.ShouldBe(Isk(11000));   // 15000 less 20 %, less 1000.
        issued.Lines.Single().Discount.ShouldBe(Isk(4000));
    }

    [Fact]
    public void Those_that_are_applied_go_on_when_stacking_ends()
    {
        var shop = With(Shop(), 3).And(Bakery.Stream, Stacking).After(Apply(0)).After(Apply(1)).And(Bakery.Stream, Stacking with { CouponsStack = false });
        shop.When(Apply(2)).ThenRejected(CouponRejections.AlreadyApplied);
        shop.When(Bill("2025-11-01")).Events.OfType<SubscriptionBilled>().Single().Coupons!.Count.ShouldBe(2);
    }

    [Fact]
    public void One_that_is_used_up_is_good_for_another_subscription_only()
    {
        var shop = With(Shop(), 1).After(Apply(0)).After(Bill("2025-11-01")).After(Capture("2025-11-01", "2025-11-01"));
        shop.When(Apply(0)).ThenRejected(CouponRejections.UsedUp);
    }

    private static JointScenario With(JointScenario shop, int coupons) => Enumerable.Range(0, coupons).Aggregate(
        shop, (now, i) => now.And(Id(i).Stream, new CouponCreated(Id(i), $"TEN{i}", Terms("0.1"))));

    private static CouponTerms Terms(string? percentage = null, long? amount = null) =>
        new(percentage is null ? null : Rate(percentage), amount is null ? null : Isk(amount.Value), null, null, null, null, 1, []);

    private static CouponId Id(int i) => CouponId.From(Number(450 + i));

    private static ApplyCoupon Apply(int i) => new(Breads, Bakery, Id(i), Start);
}

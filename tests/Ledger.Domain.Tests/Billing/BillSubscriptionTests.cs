using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Billing;

public class BillSubscriptionTests
{
    [Fact]
    public void The_first_period_is_invoiced_and_its_payment_begins() => Shop()
        .When(Bill("2025-11-01"))
        .Then(
            new InvoiceIssued(
                InvoiceOf("2025-11-01"), Jon, Breads, Days("2025-11-01", "2025-12-01"),
                [new InvoiceLine("Rye bread", 2, Isk(7500), Isk(15000), Rate("0.24"), Isk(12097), Isk(2903), Rye.Value)],
                PricesIncludeTax: true, Isk(12097), Isk(2903), Isk(15000), Start, Start),
            new SubscriptionBilled(Breads, Days("2025-11-01", "2025-12-01"), InvoiceOf("2025-11-01"), PaymentOf("2025-11-01")),
            new PaymentInitiated(PaymentOf("2025-11-01"), InvoiceOf("2025-11-01"), Jon, Breads, Isk(15000), Visa, "mock", Start));

    [Fact]
    public void Nothing_is_billed_before_its_day() => PaidShop().When(Bill("2025-11-30")).ThenNothing();

    [Fact]
    public void The_next_period_is_billed_on_its_first_day() =>
        PeriodsBilled(PaidShop(), "2025-12-01").ShouldBe(["2025-11-01/2025-12-01", "2025-12-01/2026-01-01"]);

    [Fact]
    public void Billing_the_same_day_again_bills_nothing() => PaidShop()
        .After(Bill("2025-12-01")).After(Capture("2025-12-01", "2025-12-01"))
        .When(Bill("2025-12-01")).ThenNothing();

    [Fact]
    public void A_start_at_the_end_of_a_month_keeps_its_day_in_longer_months()
    {
        var start = Day("2024-01-31");
        var shop = Pending().And(JonsWallet, Added(Visa), VisaIsDefault).And(Breads.Stream, new SubscriptionActivated(Breads, start, IsDue: true));
        PeriodsBilled(shop, "2024-05-31").ShouldBe(
            ["2024-01-31/2024-02-29", "2024-02-29/2024-03-31", "2024-03-31/2024-04-30", "2024-04-30/2024-05-31", "2024-05-31/2024-06-30"]);
    }

    [Fact]
    public void Missed_periods_follow_one_by_one_each_with_its_own_dates()
    {
        var shop = PaidShop();
        PeriodsBilled(shop, "2026-02-10").ShouldBe(
            ["2025-11-01/2025-12-01", "2025-12-01/2026-01-01", "2026-01-01/2026-02-01", "2026-02-01/2026-03-01"]);
        shop.Ledger.Log.Select(one => one.Event).OfType<InvoiceIssued>().Skip(1).ShouldAllBe(issued => issued.IssuedOn == Day("2026-02-10"));
    }

    [Fact]
    public void While_an_invoice_is_being_collected_nothing_further_is_billed() =>
        Shop().After(Bill("2025-11-01")).When(Bill("2026-02-10")).ThenNothing();

    [Fact]
    public void While_an_invoice_is_unpaid_nothing_further_is_billed() => LateShop().When(Bill("2026-02-10")).ThenNothing();

    [Fact]
    public void Once_the_late_invoice_is_paid_the_missed_period_follows() => LateShop()
        .After(new ChaseSubscription(Breads, Bakery, Day("2025-11-02")))
        .After(Capture("2025-11-01", "2025-12-03", attempt: 2))
        .When(Bill("2025-12-03"))
        .ThenKinds(typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(PaymentInitiated));

    [Fact]
    public void An_invoice_of_nothing_is_paid_as_it_is_issued_and_has_no_payment()
    {
        var shop = Shop().And(Rye.Stream, new ProductPriceChanged(Rye, [Isk(0)]));
        shop.When(Bill("2025-11-01")).ThenKinds(typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(InvoicePaid));
        shop.When(Bill("2025-11-30")).ThenNothing();
        shop.When(Bill("2025-12-01")).ThenKinds(typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(InvoicePaid));
    }

    [Fact]
    public void Without_a_payment_method_the_first_attempt_fails_at_once()
    {
        var shop = Shop().And(JonsWallet, new PaymentMethodRemoved(Visa, Jon));
        var billed = shop.When(Bill("2025-11-01"));
        billed.ThenKinds(
            typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(PaymentInitiated), typeof(PaymentFailed), typeof(SubscriptionPastDue));
        EventText.Of(billed.Events.Skip(3)).ShouldBe(EventText.Of([
            new PaymentFailed(PaymentOf("2025-11-01"), 1, "no_payment_method", IsHard: true, Start),
            new SubscriptionPastDue(Breads, InvoiceOf("2025-11-01"), PaymentOf("2025-11-01"), Start, 20, Day("2025-11-21"))]));
        shop.Breadly().Billed.ShouldNotBeNull();
    }

    [Fact]
    public void An_inactive_method_is_not_charged() => Shop()
        .And(JonsWallet, new PaymentMethodDeactivated(Visa, Jon))
        .When(Bill("2025-11-01")).Events.OfType<PaymentFailed>().Single().Code.ShouldBe("no_payment_method");

    [Fact]
    public void The_method_of_the_subscription_goes_before_the_default() => Shop()
        .And(JonsWallet, Added(Amex)).And(Breads.Stream, new SubscriptionPaymentMethodChanged(Breads, Amex))
        .When(Bill("2025-11-01")).Events.OfType<PaymentInitiated>().Single().PaymentMethodId.ShouldBe(Amex);

    [Fact]
    public void The_default_is_charged_where_the_method_of_the_subscription_is_gone() => Shop()
        .And(JonsWallet, Added(Amex)).And(Breads.Stream, new SubscriptionPaymentMethodChanged(Breads, Amex)).And(JonsWallet, new PaymentMethodRemoved(Amex, Jon))
        .When(Bill("2025-11-01")).Events.OfType<PaymentInitiated>().Single().PaymentMethodId.ShouldBe(Visa);

    [Fact]
    public void The_price_is_that_of_the_catalog_on_the_day() => PaidShop()
        .And(Rye.Stream, new ProductPriceChanged(Rye, [Isk(8000)]))
        .When(Bill("2025-12-01")).Events.OfType<InvoiceIssued>().Single().Total.ShouldBe(Isk(16000));

    [Fact]
    public void A_price_of_its_own_stays() => Shop()
        .And(Breads.Stream, new SubscriptionItemsReplaced(Breads, [TwoRye with { UnitPrice = Isk(7000), IsPriceFrozen = true }]))
        .And(Rye.Stream, new ProductPriceChanged(Rye, [Isk(8000)]))
        .When(Bill("2025-11-01")).Events.OfType<InvoiceIssued>().Single().Total.ShouldBe(Isk(14000));

    [Fact]
    public void Where_the_catalog_has_no_price_any_more_the_last_one_stays() => Shop()
        .And(Rye.Stream, new ProductPriceChanged(Rye, [Usd(60)]), new ProductVariationArchived(Rye))
        .When(Bill("2025-11-01")).Events.OfType<InvoiceIssued>().Single().Total.ShouldBe(Isk(15000));

    [Fact]
    public void A_cancellation_at_period_end_is_carried_out_instead_of_billing() => PaidShop()
        .After(new CancelSubscription(Breads, AtPeriodEnd: true, "moving abroad", Day("2025-11-10")))
        .When(Bill("2025-12-01")).Then(new SubscriptionCancelled(Breads, Day("2025-12-01")));

    [Fact]
    public void After_an_outage_it_is_carried_out_as_of_its_day() => PaidShop()
        .After(new CancelSubscription(Breads, AtPeriodEnd: true, null, Day("2025-11-10")))
        .When(Bill("2026-03-07")).Then(new SubscriptionCancelled(Breads, Day("2025-12-01")));

    [Fact]
    public void Before_its_day_the_subscription_stays() => PaidShop()
        .After(new CancelSubscription(Breads, AtPeriodEnd: true, null, Day("2025-11-10")))
        .When(Bill("2025-11-30")).ThenNothing();

    [Fact]
    public void A_subscription_on_hold_that_was_to_end_ends() => PaidShop()
        .After(new CancelSubscription(Breads, AtPeriodEnd: true, null, Day("2025-11-10")))
        .After(new PauseSubscription(Breads, null, Day("2025-11-11")))
        .When(Bill("2025-12-02")).Then(new SubscriptionCancelled(Breads, Day("2025-12-01")));

    [Fact]
    public void A_subscription_on_hold_is_not_billed() => PaidShop()
        .After(new PauseSubscription(Breads, "Going on vacation", Day("2025-11-10"))).When(Bill("2025-12-01")).ThenNothing();

    [Fact]
    public void A_pending_subscription_is_not_billed() => Pending().When(Bill("2025-12-01")).ThenNothing();

    [Fact]
    public void A_cancelled_subscription_is_not_billed() => PaidShop()
        .After(new CancelSubscription(Breads, AtPeriodEnd: false, null, Day("2025-11-10"))).When(Bill("2025-12-01")).ThenNothing();

    [Fact]
    public void A_start_to_come_is_waited_for()
    {
        var shop = Pending().And(JonsWallet, Added(Visa), VisaIsDefault)
            .And(Breads.Stream, new SubscriptionActivated(Breads, Day("2025-11-15"), IsDue: false));
        shop.When(Bill("2025-11-14")).ThenNothing();
        PeriodsBilled(shop, "2025-11-15").ShouldBe(["2025-11-15/2025-12-15"]);
    }

    [Fact]
    public void A_subscription_nobody_created_is_refused() =>
        JointScenario.Given().When(Bill("2025-11-01")).ThenRejected(SubscriptionRejections.NotFound);

    [Fact]
    public void A_tenant_that_is_not_there_is_refused() => Shop()
        .When(new BillSubscription(Breads, TenantId.From(Number(99)), Start)).ThenRejected(TenantRejections.NotFound);

    /// <summary>Bills and captures until nothing is due, and gives all that was billed.</summary>
    private static IEnumerable<string> PeriodsBilled(JointScenario shop, string on)
    {
        while (shop.When(Bill(on)).Events.OfType<PaymentInitiated>().SingleOrDefault() is { } begun)
            _ = shop.After(new RecordCharge(begun.Id, Bakery, 1, new ChargeResult("ch"), Day(on)));
        return shop.Ledger.Log.Select(one => one.Event).OfType<SubscriptionBilled>().Select(billed => billed.Period.ToString());
    }
}

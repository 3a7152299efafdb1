using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Subscriptions;

public class ActivateSubscriptionTests
{
    private static readonly ActivateSubscription Wish = new(Breads, Start);

    [Fact]
    public void With_items_and_a_card_it_begins() => Pending().And(JonsWallet, Added(Visa), VisaIsDefault).When(Wish).Then(Activated);

    [Fact]
    public void Again_changes_nothing() => Shop().When(Wish).ThenNothing();

    [Fact]
    public void Without_a_card_it_is_refused() => Pending().When(Wish).ThenRejected(PaymentMethodRejections.NotFound);

    [Fact]
    public void Without_items_it_is_refused() =>
        JointScenario.Given(Breads.Stream, Created).When(Wish).ThenRejected(SubscriptionRejections.NoItems);

    [Fact]
    public void Once_ended_it_is_refused() => Pending().And(Breads.Stream, new SubscriptionCancelled(Breads, Start))
        .When(Wish).ThenRejected(SubscriptionRejections.Ended);

    [Fact]
    public void A_subscription_nobody_created_is_refused() => JointScenario.Given().When(Wish).ThenRejected(SubscriptionRejections.NotFound);
}

public class ReplaceSubscriptionItemsTests
{
    private static readonly WantedItem WantedRye = new(Number(80), Rye, null, 2, null, null);
    private static readonly ReplaceSubscriptionItems Wish = new(Breads, [WantedRye], Start);

    [Fact]
    public void The_first_items_activate_it() => JointScenario.Given(Rye.Stream, RyeCreated)
        .And(Breads.Stream, Created).And(JonsWallet, Added(Visa), VisaIsDefault)
        .When(Wish).Then(new SubscriptionItemsReplaced(Breads, [TwoRye with { Id = Number(80) }]), Activated);

    [Fact]
    public void Without_a_card_it_stays_pending() => JointScenario.Given(Rye.Stream, RyeCreated).And(Breads.Stream, Created)
        .When(Wish).Then(new SubscriptionItemsReplaced(Breads, [TwoRye with { Id = Number(80) }]));

    [Fact]
    public void An_active_one_has_the_new_items_from_the_next_invoice_on() => PaidShop()
        .When(Wish with { Items = [WantedRye with { Quantity = 3 }] })
        .Then(new SubscriptionItemsReplaced(Breads, [TwoRye with { Id = Number(80), Quantity = 3 }]));

    [Fact]
    public void The_same_items_again_change_nothing() => Shop().When(Wish).ThenNothing();

    [Fact]
    public void The_same_items_of_a_pending_one_activate_it_once_there_is_a_card() =>
        Pending().And(JonsWallet, Added(Visa), VisaIsDefault).When(Wish).Then(Activated);

    [Fact]
    public void A_tax_rate_of_its_own_stays_whatever_the_catalog_says() => Shop()
        .After(Wish with { Items = [WantedRye with { TaxRate = Rate("0") }] })
        .When(Bill("2025-11-01")).Events.OfType<InvoiceIssued>().Single().Tax.ShouldBe(Isk(0));

    [Fact]
    public void No_items_are_refused() => Shop().When(Wish with { Items = [] }).ThenRejected(SubscriptionRejections.NoItems);

    [Fact]
    public void Once_ended_it_is_refused() =>
        Shop().And(Breads.Stream, new SubscriptionCancelled(Breads, Start)).When(Wish).ThenRejected(SubscriptionRejections.Ended);

    [Fact]
    public void A_subscription_nobody_created_is_refused() => JointScenario.Given().When(Wish).ThenRejected(SubscriptionRejections.NotFound);

    [Fact]
    public void What_the_catalog_does_not_sell_is_refused()
    {
        JointScenario.Given(Breads.Stream, Created).When(Wish).ThenRejected(ProductVariationRejections.NotFound);
        Shop().And(Rye.Stream, new ProductVariationArchived(Rye)).When(Wish).ThenRejected(ProductVariationRejections.Archived);
        Shop().And(Rye.Stream, new ProductPriceChanged(Rye, [Usd(1)])).When(Wish).ThenRejected(SubscriptionRejections.PriceMissing);
        Shop().When(Wish with { Items = [WantedRye with { Price = Usd(1) }] }).ThenRejected(SubscriptionRejections.CurrencyMismatch);
        Shop().When(Wish with { Items = [WantedRye with { Quantity = long.MaxValue }] }).ThenRejected(SubscriptionRejections.AmountTooLarge);
    }
}

public class ChangeSubscriptionPaymentMethodTests
{
    private static readonly ChangeSubscriptionPaymentMethod Wish = new(Breads, Amex, Start);

    [Fact]
    public void It_is_charged_from_the_next_attempt_on() => Shop().And(JonsWallet, Added(Amex))
        .When(Wish).Then(new SubscriptionPaymentMethodChanged(Breads, Amex));

    [Fact]
    public void A_pending_one_with_items_becomes_active() => Pending().And(JonsWallet, Added(Amex))
        .When(Wish).Then(new SubscriptionPaymentMethodChanged(Breads, Amex), Activated);

    [Fact]
    public void A_pending_one_without_items_stays_pending() => JointScenario.Given(Breads.Stream, Created).And(JonsWallet, Added(Amex))
        .When(Wish).Then(new SubscriptionPaymentMethodChanged(Breads, Amex));

    [Fact]
    public void Again_changes_nothing() => Shop().And(JonsWallet, Added(Amex)).After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void A_method_that_is_not_there_is_refused() => Shop().When(Wish).ThenRejected(PaymentMethodRejections.NotFound);

    [Fact]
    public void An_inactive_method_is_refused() => Shop().And(JonsWallet, Added(Amex), new PaymentMethodDeactivated(Amex, Jon))
        .When(Wish).ThenRejected(PaymentMethodRejections.Inactive);

    [Fact]
    public void Once_ended_it_is_refused() =>
        Shop().And(Breads.Stream, new SubscriptionCancelled(Breads, Start)).When(Wish).ThenRejected(SubscriptionRejections.Ended);

    [Fact]
    public void A_subscription_nobody_created_is_refused() => JointScenario.Given().When(Wish).ThenRejected(SubscriptionRejections.NotFound);
}

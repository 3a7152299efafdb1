using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Subscriptions;

public class CreateSubscriptionTests
{
    private static readonly WantedItem WantedRye = new(TwoRye.Id, Rye, null, 2, null, null);

    private static readonly CreateSubscription Wish =
        new(Breads, Bakery, Jon, Start, Frequency.Monthly, null, [WantedRye], null, null, null, Start);

    [Fact]
    public void With_items_and_a_way_to_pay_it_is_active_at_once() =>
        WithCard().When(Wish).Then(Created, WithItems, Activated);

    [Fact]
    public void Without_items_it_is_pending() => WithCard().When(Wish with { Items = null }).Then(Created);

    [Fact]
    public void Without_a_way_to_pay_it_is_pending() => Before().When(Wish).Then(Created, WithItems);

    [Fact]
    public void A_start_to_come_is_not_due_yet() => WithCard().When(Wish with { Today = Day("2025-10-31") })
        .Then(Created, WithItems, Activated with { IsDue = false });

    [Fact]
    public void A_start_in_the_past_is_billed_from_its_own_day_on() => WithCard().When(Wish with { Today = Day("2025-12-24") })
        .Then(Created, WithItems, Activated);

    [Fact]
    public void In_another_currency_it_takes_the_price_in_that() => Before().When(Wish with { Currency = Currency.Parse("USD") })
        .Then(Created with { Currency = Currency.Parse("USD") }, new SubscriptionItemsReplaced(Breads, [TwoRye with { UnitPrice = Usd(60) }]));

    [Fact]
    public void A_price_of_its_own_is_frozen() => Before().When(Wish with { Items = [WantedRye with { Price = Isk(7000) }] })
        .Then(Created, new SubscriptionItemsReplaced(Breads, [TwoRye with { UnitPrice = Isk(7000), IsPriceFrozen = true }]));

    [Fact]
    public void An_item_needs_no_variation() => Before()
        .When(Wish with { Items = [new(TwoRye.Id, null, "Delivery", 1, Isk(500), Rate("0.11")), new(TwoRye.Id, null, null, 1, Isk(1), null)] })
        .Then(Created, new SubscriptionItemsReplaced(Breads, [
            new SubscriptionItem(TwoRye.Id, null, "Delivery", 1, Isk(500), Rate("0.11"), IsPriceFrozen: true, IsTaxRateFrozen: true),
            new SubscriptionItem(TwoRye.Id, null, "Subscription", 1, Isk(1), Rate("0"), IsPriceFrozen: true)]));

    [Fact]
    public void Again_changes_nothing() => WithCard().After(Wish).When(Wish).ThenNothing();

    [Fact]
    public void Its_external_id_is_its_own() => Before().When(Wish with { ExternalId = "sub-1" }).Claiming("subscription.external_id sub-1");

    [Fact]
    public void An_external_id_that_another_has_is_refused() => Before().After(Wish with { ExternalId = "sub-1" })
        .When(Wish with { Id = SubscriptionId.From(Number(90)), ExternalId = "sub-1" }).ThenRejected(SubscriptionRejections.ExternalIdTaken);

    [Fact]
    public void A_customer_who_is_not_there_is_refused() =>
        Before().When(Wish with { CustomerId = Anna }).ThenRejected(CustomerRejections.NotFound);

    [Fact]
    public void A_tenant_that_is_not_there_is_refused() =>
        Before().When(Wish with { Tenant = TenantId.From(Number(99)) }).ThenRejected(TenantRejections.NotFound);

    [Fact]
    public void A_payment_method_that_is_not_there_is_refused() =>
        WithCard().When(Wish with { PaymentMethodId = Amex }).ThenRejected(PaymentMethodRejections.NotFound);

    [Fact]
    public void A_variation_that_is_not_there_is_refused() => Before()
        .When(Wish with { Items = [WantedRye with { ProductVariationId = ProductVariationId.From(Number(99)) }] })
        .ThenRejected(ProductVariationRejections.NotFound);

    [Fact]
    public void An_archived_variation_is_refused() =>
        Before().And(Rye.Stream, new ProductVariationArchived(Rye)).When(Wish).ThenRejected(ProductVariationRejections.Archived);

    [Fact]
    public void A_variation_of_an_archived_product_is_refused() =>
        Before().And(Bread.Stream, new ProductArchived(Bread)).When(Wish).ThenRejected(ProductVariationRejections.Archived);

    [Fact]
    public void A_variation_without_a_price_in_the_currency_is_refused() =>
        Before().When(Wish with { Currency = Currency.Parse("DKK") }).ThenRejected(SubscriptionRejections.PriceMissing);

    [Fact]
    public void A_price_in_another_currency_is_refused() =>
        Before().When(Wish with { Items = [WantedRye with { Price = Usd(60) }] }).ThenRejected(SubscriptionRejections.CurrencyMismatch);

    [Fact]
    public void More_than_can_be_billed_is_refused() => Before()
        .When(Wish with { Items = [WantedRye with { Price = Isk(long.MaxValue), Quantity = 3 }] })
        .ThenRejected(SubscriptionRejections.AmountTooLarge);

    private static JointScenario Before() => JointScenario.Given(Bakery.Stream, BakeryCreated).And(Jon.Stream, JonCreated)
        .And(Bread.Stream, BreadCreated).And(Rye.Stream, RyeCreated);

    private static JointScenario WithCard() => Before().And(JonsWallet, Added(Visa), VisaIsDefault);
}

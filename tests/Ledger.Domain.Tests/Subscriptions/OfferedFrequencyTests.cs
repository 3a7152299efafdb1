using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Subscriptions;

/// <summary>The bakery bills monthly, and may bill weekly; rye bread is offered as each test says.</summary>
public class OfferedFrequencyTests
{
    private static readonly LocalDate Today = Start;
    private static readonly Frequency Century = new(99, FrequencyUnit.Year);

    private static JointScenario Bakes(params Frequency[] frequencies) => Shop().And(Bakery.Stream, new TenantSettingsChanged(
        Bakery, "Bakery", Krona, BakeryCreated.Zone, PricesIncludeTax: true, frequencies, null, null, null, null));

    private static JointScenario Offers(JointScenario shop, params Frequency[] frequencies) =>
        shop.And(Bread.Stream, new ProductShelved(Bread, ProductShelf.Empty with { SubscriptionFrequencies = frequencies }));

    private static WantedItem[] Items(int quantity = 1) => [new(Number(11), Rye, null, quantity, null, null)];

    private static IJointCommand[] Settings(Frequency frequency) =>
    [
        new CreateSubscription(SubscriptionId.From(Number(700)), Bakery, Jon, Today, frequency, null, Items(), null, null, null, Today),
        new ChangeSubscriptionPlan(Breads, null, frequency, Today), new ChangeSubscriptionPlan(Breads, Items(), frequency, Today),
        new ChangeSubscriptionNow(Breads, Bakery, null, frequency, Today), new ChangeSubscriptionNow(Breads, Bakery, Items(), frequency, Today),
    ];

    [Fact]
    public void Nobody_sets_what_the_tenant_does_not_bill_by()
    {
        foreach (var isOfCustomer in new[] { true, false })
            foreach (var setting in Settings(Frequency.Weekly).Concat(Settings(Century)))
                Bakes(Frequency.Monthly).When(new ChangeAtOfferedFrequency(setting, Bakery, isOfCustomer)).ThenRejected(SubscriptionRejections.FrequencyNotOffered);
    }

    [Fact]
    public void Everybody_sets_what_it_bills_by()
    {
        foreach (var isOfCustomer in new[] { true, false })
            foreach (var setting in Settings(Frequency.Weekly))
                Bakes(Frequency.Weekly).When(new ChangeAtOfferedFrequency(setting, Bakery, isOfCustomer)).Events.ShouldNotBeEmpty();
    }

    [Fact]
    public void What_a_product_is_not_offered_at_is_set_by_staff_alone()
    {
        foreach (var setting in Settings(Frequency.Weekly))
        {
            var shop = Offers(Bakes(Frequency.Monthly, Frequency.Weekly), Frequency.Monthly);
            shop.When(new ChangeAtOfferedFrequency(setting, Bakery, IsOfCustomer: true)).ThenRejected(SubscriptionRejections.FrequencyNotOffered);
            shop.When(new ChangeAtOfferedFrequency(setting, Bakery, IsOfCustomer: false)).Events.ShouldNotBeEmpty();
        }
    }

    [Fact]
    public void A_customer_takes_no_product_that_is_not_offered_at_the_frequency_of_the_subscription()
    {
        var pending = JointScenario.Given(Bakery.Stream, BakeryCreated).And(Jon.Stream, JonCreated).And(Bread.Stream, BreadCreated)
            .And(Rye.Stream, RyeCreated).And(Breads.Stream, Created);
        var wish = new ChangeSubscriptionPlan(Breads, Items(), null, Today);
        var shop = Offers(pending, Frequency.Weekly);
        shop.When(new ChangeAtOfferedFrequency(wish, Bakery, IsOfCustomer: true)).ThenRejected(SubscriptionRejections.FrequencyNotOffered);
        shop.When(new ChangeAtOfferedFrequency(wish, Bakery, IsOfCustomer: false)).Events.ShouldNotBeEmpty();
    }

    [Fact]
    public void A_subscription_keeps_what_it_has()
    {
        var wish = new ChangeAtOfferedFrequency(new ChangeSubscriptionPlan(Breads, Items(3), Frequency.Monthly, Today), Bakery, IsOfCustomer: true);
        Offers(Bakes(Frequency.Weekly), Frequency.Weekly).When(wish).ThenKinds(typeof(SubscriptionItemsReplaced));
    }

    [Fact]
    public void The_refusal_names_what_is_offered()
    {
        var ledger = Offers(Bakes(Frequency.Monthly, Frequency.Weekly, Frequency.Yearly), Frequency.Yearly, Frequency.Weekly).Ledger;
        var wish = new ChangeAtOfferedFrequency(new ChangeSubscriptionPlan(Breads, null, Century, Today), Bakery, IsOfCustomer: true);
        ledger.Run(wish).Rejection!.Detail.ShouldBe("every_99_years is not offered; weekly, yearly are.");
    }

    [Fact]
    public void Nothing_is_offered_for_longer_than_ten_years()
    {
        (new Frequency(10, FrequencyUnit.Year).MayBeOffered, new Frequency(120, FrequencyUnit.Month).MayBeOffered).ShouldBe((true, true));
        (new Frequency(11, FrequencyUnit.Year).MayBeOffered, new Frequency(121, FrequencyUnit.Month).MayBeOffered).ShouldBe((false, false));
        new Frequency(Frequency.CountMax, FrequencyUnit.Week).MayBeOffered.ShouldBeFalse();
    }
}

namespace Ledger.Scenarios.Subscriptions;

/// <summary>Nobody is billed less often than is offered: an attacker asked for a month's price once in 99 years.</summary>
[Collection("app")]
public class FrequencyOfferTests(SharedApp shared)
{
    private static readonly string[] Never = ["every_99_years", "every_999_days", "weekly", "every_1_weeks", "every_12_months"];

    [Fact]
    public async Task Wherever_a_frequency_can_be_said_it_is_one_that_the_tenant_bills_by()
    {
        var (shop, customer, subscription) = await Open();
        var items = new[] { new { product_variation_id = shop.Variation } };
        foreach (var frequency in Never)
        {
            foreach (var who in new[] { shop.Admin, shop.Tenant.Staff, customer })
            {
                var own = who == customer ? null : await shop.Customer();
                Refused(await who.Post("/subscriptions", new { customer_id = own, frequency, items }));
                Refused(await who.Post("/subscriptions", new { customer_id = own, items = new[] { new { product_variation_id = shop.Variation, frequency } } }));
                foreach (var when in new[] { "period_end", "now" })
                {
                    Refused(await who.Put($"/subscriptions/{subscription}/plan", new { frequency, items, when }));
                    Refused(await who.Put($"/subscriptions/{subscription}/frequency", new { frequency, when }));
                    Refused(await who.Post($"/subscriptions/{subscription}/previews", new { change = "plan", frequency, items, when }));
                    Refused(await who.Post($"/subscriptions/{subscription}/previews", new { change = "frequency", frequency, when }));
                }
            }

            var order = (await customer.Post("/orders", new { items })).Is(201).Id;
            Refused(await customer.Post($"/orders/{order}/settle", new { mode = "plan", frequency }));
            Refused(await shop.Admin.Post($"/orders/{order}/settle", new { mode = "plan", frequency }));
        }

        (await shop.Subscription(subscription))["frequency"]!.GetValue<string>().ShouldBe("monthly");
        await shop.Tenant.BillsBy("monthly", "weekly");
        _ = (await customer.Put($"/subscriptions/{subscription}/frequency", new { frequency = "weekly" })).Is(200);
    }

    [Fact]
    public async Task A_product_is_had_at_its_own_frequencies_by_customers_and_at_any_of_the_tenants_by_staff()
    {
        var (shop, customer, subscription) = await Open();
        await shop.Tenant.BillsBy("weekly", "monthly", "quarterly");
        var product = (await shop.Admin.Post("/products", new { name = "Milk", subscription_frequencies = new[] { "weekly", "quarterly" } })).Is(201).Id;
        var milk = (await shop.Admin.Post("/product-variations", new { product_id = product, name = "Milk", price = new { amount = 300, currency = "ISK" } })).Is(201).Id;
        var items = new[] { new { product_variation_id = milk }, new { product_variation_id = shop.Variation } };

        var refused = Refused(await customer.Put($"/subscriptions/{subscription}/items", new { items }));
        refused.Json["detail"]!.GetValue<string>().ShouldBe("monthly is not offered; weekly, quarterly are.");
        Refused(await customer.Put($"/subscriptions/{subscription}/items", new { items, when = "now" }));
        Refused(await customer.Post($"/subscriptions/{subscription}/previews", new { change = "items", items }));
        Refused(await customer.Post("/subscriptions", new { items }));
        _ = (await customer.Put($"/subscriptions/{subscription}/plan", new { items, frequency = "weekly" })).Is(200);
        Refused(await customer.Put($"/subscriptions/{subscription}/frequency", new { frequency = "monthly" }));
        _ = (await shop.Tenant.Staff.Put($"/subscriptions/{subscription}/frequency", new { frequency = "monthly" })).Is(200);
        _ = (await customer.Post("/subscriptions", new { items, frequency = "quarterly" })).Is(201);
    }

    [Fact]
    public async Task The_lists_go_no_further_than_ten_years()
    {
        var shop = await Shop.Open(shared.App);
        foreach (var frequency in new[] { "every_11_years", "every_121_months", "every_999_weeks" })
        {
            (await shop.Admin.Patch("/tenants/current/settings", new { billing_frequencies = new[] { frequency } })).Refuses(400, "validation_failed");
            (await shop.Admin.Post("/products", new { name = "Bread", subscription_frequencies = new[] { frequency } })).Refuses(400, "validation_failed");
        }

        await shop.Tenant.BillsBy("every_10_years");
    }

    private static LedgerAnswer Refused(LedgerAnswer answer) => answer.Refuses(422, "frequency_not_offered");

    private async Task<(Shop, LedgerClient Customer, string Subscription)> Open()
    {
        var shop = await Shop.Open(shared.App);
        var customer = (await shared.App.NewCustomer(shop.Tenant)).AsClient();
        _ = (await customer.Post("/customers/me/payment-methods", new { token = Shop.Good })).Is(201);
        var id = (await customer.Post("/subscriptions", new { items = new[] { new { product_variation_id = shop.Variation } } })).Is(201).Id;
        _ = await shop.Settled(id);
        return (shop, customer, id);
    }
}

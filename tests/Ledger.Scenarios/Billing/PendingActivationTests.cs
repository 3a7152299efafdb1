namespace Ledger.Scenarios.Billing;

[Collection("app")]
public class PendingActivationTests(SharedApp shared)
{
    [Fact]
    public async Task A_subscription_with_items_begins_when_the_card_arrives()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(card: null);
        var subscription = await shop.Subscribe(customer);
        (await shop.Subscription(subscription))["status"]!.ToString().ShouldBe("pending");
        _ = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { provider = "sandbox", token = Shop.Good })).Is(201);
        (await shop.Settled(subscription))["status"]!.ToString().ShouldBe("captured");
        (await shop.Subscription(subscription))["status"]!.ToString().ShouldBe("active");
    }

    [Fact]
    public async Task A_run_over_several_dates_says_their_sum_and_each()
    {
        var shop = await Shop.Open(shared.App);
        foreach (var start in (string[])["2025-11-03", "2025-11-03", "2025-11-05", "2025-11-06"])
        {
            _ = (await shop.Admin.Post("/subscriptions", new
            {
                customer_id = await shop.Customer(), start_date = start, frequency = "monthly",
                items = new[] { new { product_variation_id = shop.Variation, quantity = 1 } },
            })).Is(201);
        }

        var run = await shop.Run("2025-11-06");
        (run["invoices"]!.GetValue<long>(), run["captured"]!.GetValue<long>()).ShouldBe((4, 4));
        run["captured_totals"]![0]!["amount"]!.GetValue<long>().ShouldBe(30000);
        run["days"]!.AsArray().Select(one => $"{one!["date"]} {one["invoices"]}").ShouldBe(["2025-11-03 2", "2025-11-05 1", "2025-11-06 1"]);
    }
}

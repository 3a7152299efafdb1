using System.Text.Json.Nodes;
using Ledger.EventStore.Feed;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Scenarios.Billing;

/// <summary>A subscription that says how it is delivered has an order for each period.</summary>
[Collection("app")]
public class DeliveredSubscriptionTests(SharedApp shared)
{
    private static readonly string[] Told =
    [
        "subscription_created_v2", "subscription_items_replaced", "subscription_activated", "order_created", "payment_initiated", "payment_captured", "order_paid",
    ];

    /// <summary>B1 and B2.</summary>
    [Fact]
    public async Task Each_period_has_its_order()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await Subscribe(shop, await shop.Customer());
        var payment = await shop.Settled(subscription);
        (Amount(payment, "amount"), payment["status"]!.GetValue<string>(), payment["settling_attempts"]!.GetValue<int>()).ShouldBe((15000, "captured", 1));
        Amount((await shop.Admin.Get($"/invoices/{payment["invoice_id"]}")).Is(200).Json, "tax").ShouldBe(2903);

        var order = (await Orders(shop, subscription)).Single();
        (order["status"]!.GetValue<string>(), Amount(order, "amount"), order["delivery_date"]!.GetValue<string>()).ShouldBe(("paid", 15000, "2025-11-01"));
        (order["payment_id"]!.ToString(), order["invoice_id"]!.ToString()).ShouldBe((payment["id"]!.ToString(), payment["invoice_id"]!.ToString()));
        (await Log(shop)).Where(Told.Contains).ShouldBe(Told);

        (await shop.Run("2025-11-30"))["charges"]!.GetValue<long>().ShouldBe(0);
        for (var i = 0; i < 2; i++) (await shop.Run("2025-12-01"))["charges"]!.GetValue<long>().ShouldBe(1 - i);
        (await shop.Payments(subscription)).Count.ShouldBe(2);
        (await shop.Subscription(subscription))["next_billing_on"]!.GetValue<string>().ShouldBe("2026-01-01");
        (await Orders(shop, subscription)).Select(one => one["delivery_date"]!.GetValue<string>()).ShouldBe(["2025-12-01", "2025-11-01"]);
        (await shop.Admin.Get($"/orders/{order["id"]}")).Is(200).Json["invoice_id"]!.ToString().ShouldBe(payment["invoice_id"]!.ToString());
    }

    [Fact]
    public async Task A_period_that_is_paid_late_pays_its_order_and_a_refund_takes_it_back()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(Shop.Declined);
        var subscription = await Subscribe(shop, customer);
        (await shop.Settled(subscription))["status"]!.GetValue<string>().ShouldBe("failed");
        var failed = (await Orders(shop, subscription)).Single();
        (failed["status"]!.GetValue<string>(), failed["failure_code"]!.GetValue<string>()).ShouldBe(("failed", "card_declined"));
        _ = await shop.Run("2025-11-02");

        await shop.Advance("2025-11-03T00:00:00Z");
        var card = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201).Id;
        _ = (await shop.Admin.Put($"/subscriptions/{subscription}/payment-method", new { payment_method_id = card })).Is(200);
        (await shop.Settled(subscription, 3))["status"]!.GetValue<string>().ShouldBe("captured");
        var order = failed["id"]!.ToString();
        (await shop.Admin.Get($"/orders/{order}")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("paid");

        _ = (await shop.Admin.Post("/refunds", new { order_id = order })).Is(201);
        (await shop.Admin.Get($"/orders/{order}")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("refunded");
        (await Events.Of(shared.App, shop.Tenant, Guid.Parse(order))).ShouldBe(["order_created", "order_failed", "order_paid", "order_refunded"]);
    }

    private static async Task<string> Subscribe(Shop shop, string customer)
    {
        var id = (await shop.Admin.Post("/subscriptions", new { customer_id = customer, delivery_option_id = 3, start_date = "2025-11-01", frequency = "monthly" })).Is(201).Id;
        var items = new[] { new { product_variation_id = shop.Variation, quantity = 2 } };
        (await shop.Admin.Put($"/subscriptions/{id}/items", new { items })).Is(200).Json["status"]!.GetValue<string>().ShouldBe("active");
        return id;
    }

    private static async Task<IReadOnlyList<JsonNode>> Orders(Shop shop, string subscription) =>
        [.. (await shop.Admin.Get($"/orders?subscription_id={subscription}")).Is(200).Json["data"]!.AsArray().Select(one => one!)];

    private async Task<IReadOnlyList<string>> Log(Shop shop) => [.. (await shared.App.Services.GetRequiredService<EventFeed>()
        .AfterForTenant(shop.Tenant.Name, 0, null, 1000, CancellationToken.None)).Select(one => one.Type)];

    private static long Amount(JsonNode node, string name) => node[name]!["amount"]!.GetValue<long>();
}

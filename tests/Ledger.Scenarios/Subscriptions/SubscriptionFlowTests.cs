using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Subscriptions;

/// <summary>From signing up to a card removed, by a customer and the staff of a shop, request by request.</summary>
[Collection("app")]
public class SubscriptionFlowTests(SharedApp shared)
{
    [Fact]
    public async Task A_customer_signs_up_and_is_charged_and_then_once_a_month()
    {
        var (shop, customer, subscription) = await SignUp();

        var payment = await shop.Settled(subscription);
        (Amount(payment["amount"]), Text(payment["status"]), payment["settling_attempts"]!.GetValue<int>()).ShouldBe((15000, "captured", 1));
        Amount((await customer.Get($"/invoices/{payment["invoice_id"]}")).Is(200).Json["tax"]).ShouldBe(2903);
        (await Events.Of(shared.App, shop.Tenant, Guid.Parse(subscription))).ShouldBe(
            ["subscription_created_v2", "subscription_items_replaced", "subscription_activated", "subscription_billed"]);
        (await Events.Of(shared.App, shop.Tenant, Guid.Parse(Text(payment["id"])))).ShouldBe(["payment_initiated", "payment_captured"]);

        (await shop.Run("2025-11-30"))["charges"]!.GetValue<long>().ShouldBe(0);
        var run = await shop.Run("2025-12-01");
        (run["charges"]!.GetValue<long>(), Amount(run["captured_totals"]![0])).ShouldBe((1, 15000));
        Text((await shop.Subscription(subscription))["next_billing_on"]).ShouldBe("2026-01-01");
        (await shop.Run("2025-12-01"))["charges"]!.GetValue<long>().ShouldBe(0);
        (await shop.Payments(subscription)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_upcoming_invoice_is_shown_and_the_payments_stay_as_they_are()
    {
        var (shop, customer, subscription) = await SignUp();
        _ = await shop.Settled(subscription);
        var before = (await customer.Get("/payments")).Is(200).Text;

        var upcoming = (await customer.Get($"/subscriptions/{subscription}/upcoming-invoice")).Is(200).Json;
        (Text(upcoming["date"]), upcoming["lines"]!.AsArray().Count, Amount(upcoming["total"])).ShouldBe(("2025-12-01", 1, 15000));
        (upcoming["lines"]![0]!["quantity"]!.GetValue<long>(), Amount(upcoming["lines"]![0]!["unit_price"])).ShouldBe((2, 7500));
        (await customer.Get("/payments")).Is(200).Text.ShouldBe(before);
    }

    [Fact]
    public async Task A_pause_stops_the_billing_and_only_an_active_one_can_be_paused()
    {
        var (shop, customer, subscription) = await SignUp();
        _ = await shop.Settled(subscription);
        Text((await customer.Post($"/subscriptions/{subscription}/pause", new { reason = "Going on vacation" })).Is(200).Json["status"]).ShouldBe("on_hold");
        (await shop.Run("2025-12-01"))["charges"]!.GetValue<long>().ShouldBe(0);
        Text((await customer.Post($"/subscriptions/{subscription}/resume")).Is(200).Json["status"]).ShouldBe("active");

        var late = await shop.Subscribe(await shop.Customer(Shop.Declined));
        _ = await shop.Settled(late);
        (await shop.Admin.Post($"/subscriptions/{late}/pause")).Refuses(409, "subscription_not_active");
    }

    [Fact]
    public async Task The_only_card_stays_until_another_is_the_default()
    {
        var (shop, customer, subscription) = await SignUp();
        _ = await shop.Settled(subscription);
        var methods = (await customer.Get("/customers/me/payment-methods")).Is(200).Json["data"]!;
        (await customer.Delete($"/payment-methods/{methods[0]!["id"]}")).Refuses(409, "payment_method_in_use");

        var owner = Text((await shop.Subscription(subscription))["customer_id"]);
        var second = (await shop.Admin.Post($"/customers/{owner}/payment-methods", new { token = Shop.Good })).Is(201).Id;
        _ = (await customer.Post($"/payment-methods/{second}/set-default")).Is(200);
        _ = (await customer.Delete($"/payment-methods/{methods[0]!["id"]}")).Is(204);
    }

    [Fact]
    public async Task A_customer_sets_no_terms()
    {
        var (_, customer, subscription) = await SignUp();
        var own = new { items = new[] { new { price = new { amount = 1, currency = "ISK" } } } };
        (await customer.Put($"/subscriptions/{subscription}/items", own)).Refuses(403, "member_not_yours");
        (await customer.Post("/subscriptions", new { trial_days = 30 })).Refuses(403, "member_not_yours");
        (await customer.Post("/subscriptions", new { customer_id = Guid.NewGuid() })).Refuses(404, "customer_not_found");
    }

    /// <summary>Steps 1 to 5: known to the shop, a card entered at the provider's page, a subscription, its items.</summary>
    private async Task<(Shop Shop, LedgerClient Customer, string Subscription)> SignUp()
    {
        var shop = await Shop.Open(shared.App);
        var email = $"{Guid.NewGuid():N}@example.is";
        var made = (await shop.Admin.Post("/customers", new { full_name = "Jón Jónsson", email, phone_number = "7771234", postal_code = "101" })).Is(201);
        made.Json["customer_handle"]!.GetValue<string>().ShouldNotBeEmpty();
        var customer = (await shared.App.LogIn(shop.Tenant, email)).AsClient();

        var session = (await customer.Post("/setup-sessions", new { provider = "mock", return_url = "https://example.com/ok" })).Is(201).Json;
        await CardPage.Enter(Text(session["redirect_url"]), "4242424242424242");
        Text((await customer.Get($"/setup-sessions/{session["id"]}")).Is(200).Json["status"]).ShouldBe("completed");
        var methods = (await customer.Get("/customers/me/payment-methods")).Is(200).Json["data"]!.AsArray();
        methods.Select(one => (Text(one!["last4"]), one["is_default"]!.GetValue<bool>())).ShouldBe([("4242", true)]);
        (await customer.Get("/payments")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();

        var begun = (await customer.Post("/subscriptions", new { delivery_option_id = 3, start_date = "2025-11-01", frequency = "monthly" })).Is(201);
        (Text(begun.Json["status"]), Text(begun.Json["delivery_option_id"])).ShouldBe(("pending", "3"));
        var active = (await customer.Put($"/subscriptions/{begun.Id}/items", new { items = new[] { new { product_variation_id = shop.Variation, quantity = 2 } } })).Is(200);
        Text(active.Json["status"]).ShouldBe("active");
        return (shop, customer, begun.Id);
    }

    private static long Amount(JsonNode? money) => money!["amount"]!.GetValue<long>();

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}

namespace Ledger.Scenarios.Billing;

[Collection("app")]
public class SignUpTests(SharedApp shared)
{
    [Fact]
    public async Task A_card_is_entered_at_the_provider_and_the_first_charge_follows()
    {
        var shop = await Shop.Open(shared.App);
        var customer = (await shop.Admin.Post("/customers", new { full_name = "Jón Jónsson", email = "jon@example.is", phone_number = "7771234", postal_code = "101" })).Is(201);
        customer.Json["customer_handle"]!.GetValue<string>().ShouldStartWith("cust-");

        var session = (await shop.Admin.Post("/setup-sessions", new { customer_id = customer.Id, provider = "mock", return_url = "https://example.com/ok" })).Is(201).Json;
        await CardPage.Enter(session["redirect_url"]!.GetValue<string>(), "4242424242424242");
        (await shop.Admin.Get($"/setup-sessions/{session["id"]}")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("completed");
        var methods = (await shop.Admin.Get($"/customers/{customer.Id}/payment-methods")).Is(200).Json["data"]!.AsArray();
        methods.Count.ShouldBe(1);
        methods[0]!["last4"]!.GetValue<string>().ShouldBe("4242");
        methods[0]!["is_default"]!.GetValue<bool>().ShouldBeTrue();
        (await shop.Admin.Get($"/payments?customer_id={customer.Id}")).Json["data"]!.AsArray().ShouldBeEmpty();

        var made = (await shop.Admin.Post("/subscriptions", new { customer_id = customer.Id, start_date = "2025-11-01", frequency = "monthly" })).Is(201);
        made.Json["status"]!.GetValue<string>().ShouldBe("pending");
        var active = (await shop.Admin.Put($"/subscriptions/{made.Id}/items", new { items = new[] { new { product_variation_id = shop.Variation, quantity = 2 } } })).Is(200);
        active.Json["status"]!.GetValue<string>().ShouldBe("active");
        (await shop.Settled(made.Id))["status"]!.GetValue<string>().ShouldBe("captured");
        (await Events.Of(shared.App, shop.Tenant, Guid.Parse(made.Id))).ShouldBe(
            ["subscription_created_v2", "subscription_items_replaced", "subscription_activated", "subscription_billed"]);
    }

    [Fact]
    public async Task The_only_card_of_a_running_subscription_stays_until_there_is_another()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        _ = await shop.Settled(await shop.Subscribe(customer));
        var first = (await shop.Admin.Get($"/customers/{customer}/payment-methods")).Json["data"]![0]!["id"]!.GetValue<string>();

        (await shop.Admin.Delete($"/payment-methods/{first}")).Refuses(409, "payment_method_in_use");
        var second = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201).Id;
        _ = (await shop.Admin.Post($"/payment-methods/{second}/set-default")).Is(200);
        _ = (await shop.Admin.Delete($"/payment-methods/{first}")).Is(204);
    }

    [Fact]
    public async Task Health_tells_of_the_database_and_each_view()
    {
        var health = (await shared.App.Anonymous.Get("/health")).Is(200).Json;
        health["status"]!.GetValue<string>().ShouldBe("healthy");
        health["checks"]!["database"]!["status"]!.GetValue<string>().ShouldBe("ok");
        health["checks"]!["views"]!["subscriptions"]!["status"]!.GetValue<string>().ShouldBe("ok");
    }
}

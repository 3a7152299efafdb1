using System.Text.Json.Nodes;

namespace Ledger.Scenarios;

/// <summary>A small shop: one product, sold monthly at 7500 with 24 % tax in it.</summary>
public sealed class Shop(TestTenant tenant)
{
    public const string Good = "sbx_visa_4242_1230", Declined = "sbx_visa_0002_1230";

    public TestTenant Tenant => tenant;

    public LedgerClient Admin => tenant.Admin;

    public string Variation { get; private set; } = "";

    public static async Task<Shop> Open(LedgerApp app, string clock = "2025-11-01", string zone = "Atlantic/Reykjavik")
    {
        var shop = new Shop(await app.NewTenant(clock: clock, zone: zone));
        var product = (await shop.Admin.Post("/products", new { name = "Product" })).Is(201).Id;
        shop.Variation = (await shop.Admin.Post("/product-variations", new
        {
            product_id = product, name = "Product Name", price = new { amount = 7500, currency = "ISK" }, tax_rate = "0.24",
        })).Is(201).Id;
        return shop;
    }

    public async Task<string> Customer(string? card = Good, string name = "Jón Jónsson")
    {
        var id = (await Admin.Post("/customers", new { full_name = name, phone_number = "7771234", postal_code = "101" })).Is(201).Id;
        if (card is not null) _ = (await Admin.Post($"/customers/{id}/payment-methods", new { provider = "sandbox", token = card })).Is(201);
        return id;
    }

    public async Task<string> Subscribe(string customer, int quantity = 2)
    {
        var id = (await Admin.Post("/subscriptions", new { customer_id = customer, start_date = "2025-11-01", frequency = "monthly" })).Is(201).Id;
        _ = (await Admin.Put($"/subscriptions/{id}/items", new { items = new[] { new { product_variation_id = Variation, quantity } } })).Is(200);
        return id;
    }

    public async Task<JsonNode> Run(string asOf) => (await Admin.Post("/billing-runs", new { as_of_date = asOf })).Is(200).Json;

    /// <summary>Moves the clock, and waits until all that fell due has happened.</summary>
    /// <returns>Where it stopped on the way, counted.</returns>
    public async Task<int> Advance(string to)
    {
        var advance = (await Admin.Post("/testing/clock-advances", new { to })).Json;
        while (advance["status"]!.GetValue<string>() is not "completed")
        {
            await Task.Delay(25);
            advance = (await Admin.Get($"/testing/clock-advances/{advance["id"]}")).Is(200).Json;
        }

        return advance["stops"]!.GetValue<int>();
    }

    /// <remarks>Where the views are behind, which they are while their worker starts, it tries again, as it is told to.</remarks>
    public async Task<IReadOnlyList<JsonNode>> Payments(string subscription)
    {
        var answer = await Admin.Get($"/payments?subscription_id={subscription}");
        for (var tries = 0; tries < 10 && answer.Code == "views_behind"; tries++)
            answer = await Admin.Get($"/payments?subscription_id={subscription}");
        return [.. answer.Is(200).Json["data"]!.AsArray().Select(one => one!)];
    }

    public async Task<JsonNode> Subscription(string id) => (await Admin.Get($"/subscriptions/{id}")).Is(200).Json;

    /// <summary>Waits until the payment of a subscription has ended one way or the other.</summary>
    public async Task<JsonNode> Settled(string subscription, int attempts = 1)
    {
        for (var i = 0; i < 400; i++)
        {
            var payments = await Payments(subscription);
            if (payments.Count > 0 && payments[0]["status"]!.GetValue<string>() is "captured" or "failed"
                && payments[0]["settling_attempts"]!.GetValue<int>() >= attempts) return payments[0];
            await Task.Delay(25);
        }

        throw new TimeoutException("The payment has not ended.");
    }
}

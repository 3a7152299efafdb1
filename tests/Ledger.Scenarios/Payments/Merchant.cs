
using System.Net.Http.Headers;

using System.Text.Json;
using System.Text.Json.Nodes;
using Ledger.Gateways.Payments;

namespace Ledger.Scenarios.Payments;

/// <summary>A merchant's tenant, in rupees, its buyers, and the provider that posts to it.</summary>
public sealed class Merchant(LedgerApp app, TestTenant tenant)
{
    public const string Good = "4242424242424242", Declined = "4000000000000002", Secret = "whsec_test_9f2c4b7e1a6d4c0fb1e2";

    private static readonly HttpClient Http = new();

    public TestTenant Tenant => tenant;

    public LedgerClient Admin => tenant.Admin;

    public static async Task<Merchant> Open(LedgerApp app)
    {
        var merchant = new Merchant(app, await app.NewTenant(currency: "INR", clock: "2025-11-01"));
        _ = (await merchant.Admin.Put("/tenants/current/provider-configs/stripe", new { webhook_secret = Secret })).Is(200);
        return merchant;
    }

    public async Task<string> Order(long amount = 10000, string? customer = null) =>
        (await Admin.Post("/orders", new { amount, currency = "INR", customer_id = customer })).Is(201).Id;

    public async Task<string> Customer() => (await Admin.Post("/customers", new { full_name = "Asha" })).Is(201).Id;

    public async Task<string> Invoice(string customer, long amount = 18500) => (await Admin.Post("/invoices", new
    {
        customer_id = customer, items = new[] { new { description = "Carpet", price = new { amount, currency = "INR" } } },
    })).Is(201).Id;

    public Task<LedgerAnswer> Pay(string order, string number = Good, string expiry = "12/30", string? capture = null, string? key = null) =>
        Admin.Post("/payments", capture is null
            ? new { order_id = order, card = new { number, expiry, cvv = "123" } }
            : new { order_id = order, card = new { number, expiry, cvv = "123" }, capture }, key);

    public async Task<string> Status(string path) => (await Admin.Get(path)).Is(200).Json["status"]!.GetValue<string>();

    /// <summary>A list that is behind nothing that has happened up to now, whoever did it: what is written last says where the log stands.</summary>
    public async Task<IReadOnlyList<JsonNode>> List(string path)
    {
        _ = await Customer();
        return [.. (await Admin.Get(path)).Is(200).Json["data"]!.AsArray().Select(one => one!)];
    }

    /// <summary>What the customer can spend here.</summary>
    public async Task<long> Balance(string customer) => (await Admin.Get($"/customers/{customer}/balance")).Is(200).Json["amounts"]!.AsArray()
        .Sum(one => one!["amount"]!.GetValue<long>());

    /// <summary>Pays at the sandbox provider, as a browser does. Its webhook has arrived afterwards.</summary>
    public async Task<HttpResponseMessage> Browser(string clientSecret, string number = Good)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["client_secret"] = clientSecret, ["number"] = number, ["exp_month"] = "12", ["exp_year"] = "2030",
        });
        return await Http.PostAsync(new Uri(app.Address, "/sandbox/intents/pay"), form);
    }

    /// <summary>Posts an event as Stripe does.</summary>
    public async Task<LedgerAnswer> Webhook(string type, object subject, string? id = null, string secret = Secret, long late = 0)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { id = id ?? $"evt_{Guid.NewGuid():N}", type, data = new { @object = subject } });
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        content.Headers.Add(WebhookSignature.Header, WebhookSignature.Sign(secret, DateTimeOffset.UtcNow.ToUnixTimeSeconds() - late, body));
        using var answer = await Http.PostAsync(new Uri(app.Address, $"/api/v1/inbound-webhooks/payments/stripe?tenant={tenant.Name}"), content);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(), new Dictionary<string, string>());
    }

}

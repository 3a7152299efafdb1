using System.Text.Json.Nodes;
using Ledger.Api.Requests;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>Two tenants, and two customers of one of them, with things of their own. Nothing happens in it but what is asked for.</summary>
internal sealed class FuzzWorld : IAsyncDisposable
{
    /// <summary>In every text of the other tenant's, and of the other customer's. No request has them in it.</summary>
    public const string OfOtherTenant = "zzothertenantzz", OfOtherCustomer = "zzothercustomerzz";

    public LedgerApp App { get; private set; } = null!;

    /// <summary>The API's description of itself.</summary>
    public JsonNode Document { get; private set; } = null!;

    public FuzzIds Ids { get; private set; } = null!;

    /// <summary>Those who ask; an admin first.</summary>
    public IReadOnlyList<FuzzCaller> Callers { get; private set; } = [];

    public static async Task<FuzzWorld> Make()
    {
        var world = new FuzzWorld();
        string connectionString;
        await using (var before = await LedgerApp.Start())
        {
            connectionString = before.ConnectionString;
            var (mine, theirs) = (await before.NewTenant(), await before.NewTenant());
            using var self = await before.NewCustomer(mine);
            var id = (await self.Get("/auth/sessions/current")).Is(200).Json;
            var own = await Fill(mine, "plain", (id["customer_id"] ?? id["id"])!.GetValue<string>());
            var neighbour = await Fill(mine, OfOtherCustomer, null);
            var foreign = await Fill(theirs, OfOtherTenant, null);
            world.Ids = new(own, [neighbour, foreign]);
            world.Callers =
            [
                new("admin", await mine.NewKey(new { name = "admin", role = "admin" }), [OfOtherTenant]),
                new("staff", await mine.NewKey(new { name = "staff" }), [OfOtherTenant]),
                new("customer", self.Token, [OfOtherTenant, OfOtherCustomer]), new("nobody", null, [OfOtherTenant, OfOtherCustomer]),
            ];
            world.Document = (await before.Anonymous.Get("/openapi.json")).Is(200).Json;
            (await theirs.Admin.Get("/customers")).Is(200).Text.ShouldContain(OfOtherTenant);   // It is there to be found.
            (await mine.Admin.Get("/customers")).Is(200).Text.ShouldContain(OfOtherCustomer);
        }

        world.App = await LedgerApp.Start(
            runsWorkers: false, connectionString: connectionString, logLevel: "Fatal", settings: ["--LEDGER_PROXIES=127.0.0.1"],
            replace: services => services.AddSingleton(new WaitingTime(TimeSpan.FromSeconds(0.1))));   // There is nobody to wait for.
        return world;
    }

    /// <param name="customer">Whose things they are; null makes a customer.</param>
    /// <returns>The ids of what was made.</returns>
    private static async Task<Dictionary<string, string>> Fill(TestTenant tenant, string marker, string? customer)
    {
        var admin = tenant.Admin;
        customer ??= (await admin.Post("/customers", new { full_name = $"Anna {marker}", email = $"{marker}@example.org", metadata = new { note = marker }, external_id = marker })).Is(201).Id;
        var product = (await admin.Post("/products", new { name = marker.Replace(OfOtherCustomer, "shared", StringComparison.Ordinal) })).Is(201).Id;
        var variation = (await admin.Post("/product-variations", new { product_id = product, name = "V", price = new { amount = 100, currency = "ISK" } })).Is(201).Id;
        var method = (await admin.Post($"/customers/{customer}/payment-methods", new { token = "sbx_visa_4242_1230" })).Is(201).Id;
        var subscription = (await admin.Post("/subscriptions", new
        {
            customer_id = customer, frequency = "monthly", currency = "ISK", payment_method_id = method,
            items = new[] { new { description = $"Bread {marker}", quantity = 1, price = new { amount = 100, currency = "ISK" }, tax_rate = "0.24" } },
        })).Is(201).Id;
        (await admin.Post($"/subscriptions/{subscription}/activate", new { })).Status.ShouldBeInRange(200, 202);
        var label = (await admin.Post("/product-tags", new { name = "New", slug = $"new-{Guid.NewGuid():N}" })).Is(201).Id;
        var reward = (await admin.Post("/rewards", new { name = marker.Replace(OfOtherCustomer, "shared", StringComparison.Ordinal), points_required = 1 })).Is(201).Id;
        _ = (await admin.Post($"/customers/{customer}/loyalty-account/adjustments", new { points = 9, reason = marker })).Is(200);
        var redemption = (await admin.Post($"/rewards/{reward}/redeem", new { customer_id = customer })).Is(200).Id;
        var session = (await admin.Post("/setup-sessions", new { customer_id = customer, return_url = $"https://shop.example/{marker}" })).Is(201).Id;
        var key = (await admin.Post("/api-keys", new { name = marker })).Is(201).Id;
        var classes = await FillClasses(admin, customer, marker);
        var ids = new Dictionary<string, string>(classes)
        {
            ["customer_id"] = customer, ["product_id"] = product, ["product_variation_id"] = variation, ["payment_method_id"] = method, ["subscription_id"] = subscription,
            ["setup_session_id"] = session, ["api_key_id"] = key, ["tenant_id"] = tenant.Name,
            ["product_label_id"] = label, ["reward_id"] = reward, ["reward_redemption_id"] = redemption,
        };
        var invoices = (await admin.Get($"/invoices?customer_id={customer}")).Is(200).Json["data"]!.AsArray();
        if (invoices.Count > 0) ids["invoice_id"] = invoices[0]!["id"]!.GetValue<string>();
        var payments = (await admin.Get($"/payments?customer_id={customer}")).Is(200).Json["data"]!.AsArray();
        if (payments.Count > 0) ids["payment_id"] = payments[0]!["id"]!.GetValue<string>();
        return ids;
    }

    /// <summary>A package of classes that was bought, and a class that was booked.</summary>
    private static async Task<Dictionary<string, string>> FillClasses(LedgerClient admin, string customer, string marker)
    {
        var name = marker.Replace(OfOtherCustomer, "shared", StringComparison.Ordinal);
        var price = new { amount = 100, currency = "ISK" };
        var package = (await admin.Post("/class-packages", new { name, class_count = 5, price, validity_days = 365 })).Is(201).Id;
        var session = (await admin.Post("/class-sessions", new { name, starts_at = "2025-12-01T12:00:00Z", capacity = 50, price })).Is(201).Id;
        _ = (await admin.Put($"/customers/{customer}/intake-profile", new { })).Is(200);
        var booking = (await admin.Post("/bookings", new { class_session_id = session, customer_id = customer })).Is(201).Id;
        var credit = (await admin.Post("/class-credits", new { customer_id = customer, class_package_id = package, payment_id = $"pi {marker}", amount = 100 })).Is(201).Id;
        return new() { ["class_package_id"] = package, ["class_session_id"] = session, ["booking_id"] = booking, ["class_credit_id"] = credit };
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}

/// <summary>Somebody who asks.</summary>
/// <param name="Bearer">The key or token; null for nobody.</param>
/// <param name="Closed">What must not be in any answer to them.</param>
internal sealed record FuzzCaller(string Name, string? Bearer, IReadOnlyList<string> Closed);

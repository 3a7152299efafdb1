using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Classes;

/// <summary>A studio in London: packages of 5 and 10 classes at £100 and £175, a single class at £25.</summary>
public sealed class Studio(TestTenant tenant)
{
    public LedgerClient Admin => tenant.Admin;

    public TestTenant Tenant => tenant;

    public string Five { get; private set; } = "";

    public string Ten { get; private set; } = "";

    public static async Task<Studio> Open(LedgerApp app, string clock = "2026-02-06")
    {
        var studio = new Studio(await app.NewTenant("GBP", "Europe/London", clock));
        studio.Five = await studio.Package("5 Class Pass", 5, 10000);
        studio.Ten = await studio.Package("10 Class Pass", 10, 17500);
        return studio;
    }

    public async Task<string> Package(string name, int classes, long price, int days = 365) => (await Admin.Post("/class-packages", new
    {
        name, class_count = classes, price = new { amount = price, currency = "GBP" }, validity_days = days,
    })).Is(201).Id;

    /// <summary>Somebody who may book.</summary>
    public async Task<string> Client()
    {
        var id = (await Admin.Post("/customers", new { full_name = "Ann" })).Is(201).Id;
        _ = (await Admin.Put($"/customers/{id}/intake-profile", new { })).Is(200);
        return id;
    }

    public async Task<string> Class(int capacity = 10) => (await Admin.Post("/class-sessions", new
    {
        name = "Slow flow", starts_at = "2026-03-01T18:00:00Z", capacity, price = new { amount = 2500, currency = "GBP" },
    })).Is(201).Id;

    public Task<LedgerAnswer> Book(string client, string session) =>
        Admin.Post("/bookings", new { class_session_id = session, customer_id = client });

    public Task<LedgerAnswer> Buy(string client, string package, long amount, string payment) => Admin.Post(
        "/class-credits", new { customer_id = client, class_package_id = package, payment_id = payment, amount, currency = "GBP" });

    public Task<LedgerAnswer> Use(string credit, string booking) => Admin.Post($"/class-credits/{credit}/use", new { booking_id = booking });

    public Task<LedgerAnswer> Pay(string booking, string payment, long amount) => Admin.Post(
        $"/bookings/{booking}/payments", new { payment_id = payment, amount, currency = "GBP", payment_type = "single_class" });

    public async Task<JsonNode> Credit(string id) => (await Admin.Get($"/class-credits/{id}")).Is(200).Json;

    public async Task<JsonNode> Booking(string id) => (await Admin.Get($"/bookings/{id}")).Is(200).Json;

    public Task Advance(string to) => new Shop(tenant).Advance(to);
}

internal static class Said
{
    public static string Text(this JsonNode node, string name) => node[name]!.GetValue<string>();

    public static long Number(this JsonNode node, string name) => node[name]!.GetValue<long>();

    /// <summary>The number of an amount in pounds.</summary>
    public static long Pence(this JsonNode node, string name)
    {
        node[name]!.Text("currency").ShouldBe("GBP");
        return node[name]!.Number("amount");
    }
}

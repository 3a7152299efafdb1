using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace Ledger.Scenarios.Billing;

/// <summary>Nothing hangs on one timer: with its messages lost and its zone moved about, a tenant ends as one that nobody disturbed.</summary>
[Collection("app")]
public class NoTimerTests(SharedApp shared)
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    public Task It_ends_as_undisturbed(int seed, int steps) => Check(seed, steps);

    [Fact, Trait("Category", "Heavy")]
    public async Task It_ends_as_undisturbed_however_it_is_disturbed()
    {
        for (var seed = 10; seed < 40; seed++) await Check(seed, steps: 10);
    }

    private async Task Check(int seed, int steps)
    {
        var calm = await Live(seed, steps, disturbed: false);
        (await Live(seed, steps, disturbed: true)).ShouldBe(calm, $"seed {seed}");
    }

#pragma warning disable CA5394 // It picks what to disturb; it keeps no secret.
    private async Task<string> Live(int seed, int steps, bool disturbed)
    {
        var random = new Random(seed);
        var shop = await Shop.Open(shared.App);
        _ = (await shop.Admin.Patch("/tenants/current/dunning-config", new { dunning_settling_attempts = 3, failed_payment_cancelled_days = 9 })).Is(200);
        var (good, late) = (await shop.Subscribe(await shop.Customer()), await shop.Subscribe(await shop.Customer(Shop.Declined)));
        _ = await shop.Settled(good);
        _ = await shop.Settled(late);
        var invoices = new List<string>();
        foreach (var days in (int[])[0, 3, 10])
        {
            invoices.Add((await shop.Admin.Post("/invoices", new
            {
                customer_id = await shop.Customer(card: null), items = new[] { new { description = "x", price = new { amount = 10000, currency = "ISK" } } }, due_days = days,
            })).Is(201).Id);
        }

        var (session, package) = await Studio(shop);   // A place and classes that nobody pays for, or uses, in time.
        var client = await shop.Customer(card: null);
        _ = (await shop.Admin.Put($"/customers/{client}/intake-profile", new { })).Is(200);
        var booking = (await shop.Admin.Post("/bookings", new { class_session_id = session, customer_id = client })).Is(201).Id;
        var credit = (await shop.Admin.Post("/class-credits", new
        {
            customer_id = client, class_package_id = package, payment_id = $"pi_{Guid.NewGuid():N}", amount = 1000, currency = "ISK",
        })).Is(201).Id;
        var day = new DateTime(2025, 11, 1, 12, 0, 0, DateTimeKind.Utc);
        for (var i = 0; i < steps; i++)
        {
            day = day.AddHours(random.Next(5, 80));
            if (disturbed) await Disturb(shop, random);
            await shop.Advance(day.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        }

        _ = (await shop.Admin.Patch("/tenants/current/settings", new { time_zone = "Atlantic/Reykjavik" })).Is(200);
        await shop.Advance("2025-12-20T12:00:00Z");
        var ends = new List<string>();
        foreach (var id in invoices) ends.Add(Text((await shop.Admin.Get($"/invoices/{id}")).Json, "status"));
        foreach (var id in (string[])[good, late])
        {
            ends.Add(Text(await shop.Subscription(id), "status"));
            ends.AddRange((await shop.Admin.Get($"/invoices?subscription_id={id}")).Json["data"]!.AsArray().Select(one => $"{one!["total"]!["amount"]} {one["status"]}"));
        }

        var left = (await shop.Admin.Get($"/class-credits/{credit}")).Is(200).Json;
        ends.Add($"{Text(left, "status")} {left["value_left"]!["amount"]} {Text((await shop.Admin.Get($"/bookings/{booking}")).Json, "status")}");
        ends.Add((await shop.Admin.Get("/events?types=invoice.overdue&limit=100")).Json["data"]!.AsArray().Count.ToString(CultureInfo.InvariantCulture));
        ends.AddRange((await shop.Admin.Get("/trial-balance")).Is(200).Json["accounts"]!.AsArray().Select(one => one!.ToJsonString()));
        return string.Join("\n", ends);
    }

    /// <summary>What waits for its time is lost, and the place moves: within a day of where it was.</summary>
    private async Task Disturb(Shop shop, Random random)
    {
        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        await using var command = source.CreateCommand("delete from ledger.messages where tenant_id = $1 and run_at = 'infinity'");
        command.Parameters.Add(new() { Value = shop.Tenant.Name });
        _ = await command.ExecuteNonQueryAsync();
        string[] zones = ["Atlantic/Reykjavik", "Europe/London", "Pacific/Pago_Pago", "Asia/Tokyo"];
        _ = (await shop.Admin.Patch("/tenants/current/settings", new { time_zone = zones[random.Next(zones.Length)] })).Is(200);
    }
#pragma warning restore CA5394

    private static async Task<(string Session, string Package)> Studio(Shop shop)
    {
        var session = (await shop.Admin.Post("/class-sessions", new { name = "Yoga", starts_at = "2025-12-30T10:00:00Z", capacity = 2 })).Is(201).Id;
        var package = (await shop.Admin.Post("/class-packages", new
        {
            name = "Week", class_count = 3, price = new { amount = 1000, currency = "ISK" }, validity_days = 7,
        })).Is(201).Id;
        return (session, package);
    }

    private static string Text(JsonNode node, string member) => node[member]!.ToString();
}

using System.Globalization;
using System.Text.Json.Nodes;
using Npgsql;

namespace Ledger.Scenarios.Billing;

/// <summary>One of everything that waits for its time: a subscription that is paid and one that is chased, invoices
/// that fall due, a place in a class that nobody pays for, and classes that nobody uses in time.</summary>
internal sealed class WhatWaits
{
    private static Task<string>? undisturbed;
    private readonly Shop shop;
    private readonly string database;
    private readonly List<string> invoices = [], subscriptions = [];
    private string booking = "", credit = "";

    private WhatWaits(Shop shop, string database) => (this.shop, this.database) = (shop, database);

    public Shop Shop => shop;

    /// <summary>When all of it was made, by the tenant's clock.</summary>
    public static DateTime Opened { get; } = new(2025, 11, 1, 12, 0, 0, DateTimeKind.Utc);

    public static string Text(DateTime instant) =>
        instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static async Task<WhatWaits> Open(LedgerApp app)
    {
        var shop = await Shop.Open(app);
        var chase = new { dunning_settling_attempts = 3, failed_payment_cancelled_days = 9 };
        _ = (await shop.Admin.Patch("/tenants/current/dunning-config", chase)).Is(200);
        var all = new WhatWaits(shop, app.ConnectionString);
        await all.Subscribe();
        await all.Invoice();
        await all.Book();
        return all;
    }

    /// <summary>How it ends where nobody disturbs it; found out once for all tests.</summary>
    public static Task<string> EndUndisturbed(LedgerApp app) => undisturbed ??= Live(app);

    /// <summary>Moves the clock past all of it, where the shop was at first.</summary>
    /// <returns>What it has come to, in words that do not depend on ids or days.</returns>
    public async Task<string> End()
    {
        _ = (await shop.Admin.Patch("/tenants/current/settings", new { time_zone = "Atlantic/Reykjavik" })).Is(200);
        await shop.Advance("2025-12-20T12:00:00Z");
        var ends = new List<string>();
        foreach (var id in invoices) ends.Add(Text((await shop.Admin.Get($"/invoices/{id}")).Json, "status"));
        foreach (var id in subscriptions)
        {
            ends.Add(Text(await shop.Subscription(id), "status"));
            var issued = (await shop.Admin.Get($"/invoices?subscription_id={id}")).Json["data"]!.AsArray();
            ends.AddRange(issued.Select(one => $"{one!["total"]!["amount"]} {one["status"]}"));
        }

        var left = (await shop.Admin.Get($"/class-credits/{credit}")).Is(200).Json;
        ends.Add($"{Text(left, "status")} {left["value_left"]!["amount"]}");
        ends.Add(Text((await shop.Admin.Get($"/bookings/{booking}")).Json, "status"));
        var overdue = (await shop.Admin.Get("/events?types=invoice.overdue&limit=100")).Json["data"]!.AsArray();
        ends.Add($"{overdue.Count} times overdue");
        var accounts = (await shop.Admin.Get("/trial-balance")).Is(200).Json["accounts"]!.AsArray();
        ends.AddRange(accounts.Select(one => one!.ToJsonString()));
        ends.AddRange(await Charges());
        return string.Join("\n", ends);
    }

    private static async Task<string> Live(LedgerApp app) => await (await Open(app)).End();

    /// <summary>What the provider has written down of each attempt: how often it was charged, however often it was
    /// asked for.</summary>
    private async Task<List<string>> Charges()
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("""
            select format(
                'attempt %s of %s: %s, %s times, charged %s times', attempt, amount, answer, count(*), sum(charged))
            from (
                select split_part(c.idempotency_key, '-', 2) as attempt, c.amount, c.answer, (
                    select count(*) from sandbox.requests r
                    where r.tenant = c.tenant and r.idempotency_key = c.idempotency_key
                        and r.kind = 'charge' and r.outcome = 'first') as charged
                from sandbox.charges c where c.tenant = $1) one
            group by attempt, amount, answer order by 1
            """);
        command.Parameters.Add(new() { Value = shop.Tenant.Name });
        await using var rows = await command.ExecuteReaderAsync();
        var charges = new List<string>();
        while (await rows.ReadAsync()) charges.Add(rows.GetString(0));
        charges.ShouldNotBeEmpty();
        return charges;
    }

    private async Task Subscribe()
    {
        foreach (var card in (string[])[Shop.Good, Shop.Declined])
            subscriptions.Add(await shop.Subscribe(await shop.Customer(card)));
        foreach (var id in subscriptions) _ = await shop.Settled(id);
    }

    private async Task Invoice()
    {
        foreach (var days in (int[])[0, 3, 10])
        {
            var item = new { description = "x", price = new { amount = 10000, currency = "ISK" } };
            invoices.Add((await shop.Admin.Post("/invoices", new
            {
                customer_id = await shop.Customer(card: null), items = new[] { item }, due_days = days,
            })).Is(201).Id);
        }
    }

    private async Task Book()
    {
        var session = (await shop.Admin.Post("/class-sessions", new
        {
            name = "Yoga", starts_at = "2025-12-30T10:00:00Z", capacity = 2,
        })).Is(201).Id;
        var package = (await shop.Admin.Post("/class-packages", new
        {
            name = "Week", class_count = 3, price = new { amount = 1000, currency = "ISK" }, validity_days = 7,
        })).Is(201).Id;
        var client = await shop.Customer(card: null);
        _ = (await shop.Admin.Put($"/customers/{client}/intake-profile", new { })).Is(200);
        var wanted = new { class_session_id = session, customer_id = client };
        booking = (await shop.Admin.Post("/bookings", wanted)).Is(201).Id;
        credit = (await shop.Admin.Post("/class-credits", new
        {
            customer_id = client, class_package_id = package, payment_id = $"pi_{Guid.NewGuid():N}", amount = 1000,
            currency = "ISK",
        })).Is(201).Id;
    }

    private static string Text(JsonNode node, string member) => node[member]!.ToString();
}

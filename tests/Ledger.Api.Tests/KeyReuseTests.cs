using Npgsql;

namespace Ledger.Api.Tests;

/// <summary>A key is good for one request of its caller, whatever that asks for, and what it asked is kept as a hash that nobody can try.</summary>
[Collection("app")]
public class KeyReuseTests(SharedApp shared)
{
    [Fact]
    public async Task The_same_key_for_another_operation_is_refused_and_nothing_is_done()
    {
        var tenant = await shared.App.NewTenant();
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "Anna" }, "one")).Is(201).Id;
        (await tenant.Admin.Post("/products", new { name = "Bread" }, "one")).Refuses(422, "idempotency_key_reused");
        (await tenant.Admin.Post("/orders", new { amount = 100 }, "one")).Refuses(422, "idempotency_key_reused");
        (await tenant.Admin.Post("/subscriptions", new { customer_id = customer }, "one")).Refuses(422, "idempotency_key_reused");
        (await tenant.Admin.Post($"/customers/{customer}/balance-adjustments", new { operation = "credit", amount = new { amount = 5, currency = "ISK" } }, "one"))
            .Refuses(422, "idempotency_key_reused");
        foreach (var list in new[] { "/orders", "/subscriptions", $"/customers/{customer}/balance-entries" })
            (await tenant.Admin.Get(list)).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        (await tenant.Admin.Post("/customers", new { full_name = "Anna" }, "one")).Is(201).Id.ShouldBe(customer);
        _ = (await tenant.Staff.Post("/orders", new { amount = 100 }, "one")).Is(201);   // Another caller has keys of its own.
    }

    [Fact]
    public async Task A_key_for_the_same_operation_on_another_thing_is_refused()
    {
        var tenant = await shared.App.NewTenant();
        var (first, second) = ((await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id, (await tenant.Admin.Post("/customers", new { full_name = "Berta" })).Is(201).Id);
        var body = new { operation = "credit", amount = new { amount = 5, currency = "ISK" } };
        _ = (await tenant.Admin.Post($"/customers/{first}/balance-adjustments", body, "one")).Is(201);
        (await tenant.Admin.Post($"/customers/{second}/balance-adjustments", body, "one")).Refuses(422, "idempotency_key_reused");
    }

    [Fact]
    public async Task Of_two_operations_at_once_with_one_key_one_is_done()
    {
        var tenant = await shared.App.NewTenant();
        for (var round = 0; round < 10; round++)
        {
            var key = $"key {round}";
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => n % 2 == 0
                ? tenant.Admin.Post("/customers", new { external_id = key }, key) : tenant.Admin.Post("/orders", new { amount = 100, external_id = key }, key)));
            answers.Where(one => one.Status == 201).Select(one => one.Id).Distinct().Count().ShouldBe(1);
            foreach (var one in answers.Where(one => one.Status != 201)) one.Refuses(422, "idempotency_key_reused");
            var made = (await tenant.Admin.Get($"/customers?external_id={Uri.EscapeDataString(key)}")).Is(200).Json["data"]!.AsArray().Count
                + (await tenant.Admin.Get("/orders?limit=100")).Is(200).Json["data"]!.AsArray().Count(order => order!["external_id"]?.GetValue<string>() == key);
            made.ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_hash_of_a_request_is_of_no_use_without_the_tenants_key()
    {
        var (one, other) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        var key = Guid.NewGuid().ToString();
        foreach (var tenant in new[] { one, other })
        {
            _ = (await tenant.Admin.Post("/customers", new { full_name = "Anna" }, key)).Is(201);
            using var visitor = shared.App.Browse(tenant);
            _ = (await visitor.Post("/auth/customer-registrations", new { full_name = "Berta", email = $"{Guid.NewGuid():N}@example.org" })).Is(201);
        }

        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        await using var command = source.CreateCommand("""
            select count(*), count(distinct request_hash), min(octet_length(request_hash)), max(octet_length(request_hash)) from ledger.idempotency where tenant_id = any ($1)
            """);
        _ = command.Parameters.Add(new() { Value = new[] { one.Name, other.Name } });
        await using var row = await command.ExecuteReaderAsync();
        _ = await row.ReadAsync();
        // The same request of two tenants is two hashes, and a plain SHA-256 would be 32 bytes.
        (row.GetInt64(0), row.GetInt64(1), row.GetInt32(2), row.GetInt32(3)).ShouldBe((4, 4, 16, 16));
    }
}

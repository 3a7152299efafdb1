using Npgsql;

namespace Ledger.Scenarios.Invoices;

/// <summary>What a process leaves that is killed after an invoice or a credit note was written, and before its answer was kept.</summary>
[Collection("app")]
public class NumberedRepeatTests(SharedApp shared)
{
    [Fact]
    public async Task The_repeat_gives_the_answer_that_the_first_could_not_keep()
    {
        var shop = await Shop.Open(shared.App);
        var body = new { customer_id = await shop.Customer(), items = new[] { new { description = "Carpet", price = new { amount = 2000, currency = "ISK" } } } };
        var invoice = (await shop.Admin.Post("/invoices", body, "one")).Is(201);
        await Forget(shop, "one");
        (await shop.Admin.Post("/invoices", body, "one")).Is(201).Text.ShouldBe(invoice.Text);
        (await shop.Admin.Post("/invoices", body, "one")).Is(201).Headers["Idempotent-Replayed"].ShouldBe("true");

        var credit = new { invoice_id = invoice.Id, amount = new { amount = 500, currency = "ISK" } };
        var note = (await shop.Admin.Post("/credit-notes", credit, "two")).Is(201);
        await Forget(shop, "two");
        (await shop.Admin.Post("/credit-notes", credit, "two")).Is(201).Text.ShouldBe(note.Text);
        (await shop.Admin.Get("/invoices?include=total")).Is(200).Json["page"]!["total"]!.GetValue<long>().ShouldBe(1);
        (await shop.Admin.Get("/credit-notes?include=total")).Is(200).Json["page"]!["total"]!.GetValue<long>().ShouldBe(1);
    }

    private async Task Forget(Shop shop, string key)
    {
        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        await using var command = source.CreateCommand("update ledger.idempotency set is_done = false, status = null, body = null where tenant_id = $1 and key = $2");
        command.Parameters.Add(new() { Value = shop.Tenant.Name });
        command.Parameters.Add(new() { Value = key });
        (await command.ExecuteNonQueryAsync()).ShouldBe(1);
    }
}

using Npgsql;

namespace Ledger.Api.Tests;

/// <summary>What is personal is sealed wherever it stands, and gone when the customer is deleted.</summary>
[Collection("app")]
public class PersonalDataTests(SharedApp shared)
{
    [Fact]
    public async Task No_table_has_personal_data_in_the_clear()
    {
        var tenant = await shared.App.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Zophonias Uniquename", email = "zoph@uniquemail.example", social_security_number = "0101307789" })).Is(201).Id;
        (await tenant.Admin.Get($"/customers/{id}")).Json["social_security_number"]!.GetValue<string>().ShouldBe("0101307789");
        (await TablesWith("Uniquename", "uniquemail", "0101307789")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_customer_is_found_by_words_until_deleted()
    {
        var tenant = await shared.App.NewTenant();
        var made = (await tenant.Admin.Post("/customers", new { full_name = "Guðrún Ósk", email = "gudrun@example.is", phone_number = "+354 777 1234" }, "made")).Is(201);
        foreach (var word in new[] { "guðrún", "ÓSK", "Guðrún Ósk", "gudrun@example.is", "354 7771234" })
            (await tenant.Admin.Get($"/customers?q={Uri.EscapeDataString(word)}")).Json["data"]!.AsArray().Count.ShouldBe(1, word);

        _ = (await tenant.Admin.Delete($"/customers/{made.Id}")).Is(204);
        _ = (await tenant.Admin.Delete($"/customers/{made.Id}")).Is(204);
        (await tenant.Admin.Get($"/customers/{made.Id}")).Refuses(404, "customer_not_found");
        (await tenant.Admin.Get("/customers?q=Ósk")).Json["data"]!.AsArray().ShouldBeEmpty();
        (await tenant.Admin.Get("/customers")).Json["data"]!.AsArray().ShouldBeEmpty();
        (await tenant.Admin.Post("/customers", new { full_name = "Guðrún Ósk", email = "gudrun@example.is", phone_number = "+354 777 1234" }, "made"))
            .Refuses(409, "idempotency_answer_forgotten");
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Another", email = "gudrun@example.is" })).Is(201);
    }

    private async Task<IReadOnlyList<string>> TablesWith(params string[] words)
    {
        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        var tables = new List<string>();
        await using (var command = source.CreateCommand(
            "select schemaname || '.' || tablename from pg_tables where schemaname in ('public', 'ledger', 'views', 'sandbox')"))
        await using (var reader = await command.ExecuteReaderAsync())
            while (await reader.ReadAsync()) tables.Add(reader.GetString(0));

        var found = new List<string>();
        foreach (var table in tables)
        {
#pragma warning disable CA2100 // Names come from the catalog.
            await using var command = source.CreateCommand($"select count(*) from {table} t where t::text ilike any($1)");
#pragma warning restore CA2100
            _ = command.Parameters.Add(new() { Value = words.Select(word => $"%{word}%").ToArray() });
            if ((long)(await command.ExecuteScalarAsync())! > 0) found.Add(table);
        }

        return found;
    }
}

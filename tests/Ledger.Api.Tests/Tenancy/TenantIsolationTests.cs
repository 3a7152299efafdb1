using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Ledger.Api.Access;
using Npgsql;

namespace Ledger.Api.Tests.Tenancy;

/// <summary>Nothing of one tenant is there for another: in no table, and at no endpoint.</summary>
[Collection("app")]
public class TenantIsolationTests(SharedApp shared)
{
    /// <summary>What every tenant may read has no tenant in it: the chain, the names of views, and how far who has read.</summary>
    private static readonly string[] OfNobody = ["ledger.blocks", "ledger.leases", "ledger.signed_heads", "ledger.views", "ledger.places"];

    [Fact]
    public async Task A_query_without_a_filter_sees_nothing_of_another_tenant()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        foreach (var tenant in new[] { mine, theirs })
        {
            var customer = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email = "anna@example.is" })).Is(201).Id;
            _ = (await tenant.Admin.Post($"/customers/{customer}/payment-methods", new { token = "sbx_visa_4242_1230" })).Is(201);
            var subscription = new { customer_id = customer, start_date = "2025-11-01", items = new[] { new { description = "x", price = new { amount = 100, currency = "ISK" } } } };
            _ = (await tenant.Admin.Post("/subscriptions", subscription)).Is(201);
            _ = (await tenant.Admin.Upload("/tenants/current/branding/logo", Pictures.Png(3, 2))).Is(200);
            _ = (await tenant.Admin.Get("/subscriptions")).Is(200);   // The views have caught up.
        }

        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        var (checkedThere, withForeign) = (0, new List<string>());
        foreach (var (name, hasTenant) in await Readable(source))
        {
            if (!hasTenant)
            {
                OfNobody.ShouldContain(name, "It can be read by every tenant, and has no tenant.");
                continue;
            }

            (await Count(source, name, mine.Name, asReader: true)).ShouldBe(0, name);
            if (await Count(source, name, mine.Name, asReader: false) > 0) withForeign.Add(name);
            checkedThere++;
        }

        checkedThere.ShouldBeGreaterThan(20);
        withForeign.ShouldContain("ledger.tenant_files");
        foreach (var needed in new[] { "public.mt_events", "ledger.claims", "ledger.personal_keys", "ledger.clocks", "views.tenants", "views.customers", "views.subscriptions" })
            withForeign.ShouldContain(needed, "Nothing foreign is there that could have been seen.");
    }

    [Fact]
    public async Task Another_tenants_id_is_nowhere_and_nothing_changes()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        using var anna = await shared.App.NewUser(mine, Ledger.Domain.People.UserRole.Admin);
        var walked = 0;
        foreach (var endpoint in shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.RoutePattern.RawText!.StartsWith("/api/v1/tenants/{tenant_id}", StringComparison.Ordinal) && one.Metadata.GetMetadata<AccessRule>()!.Who is not Who.Public))
        {
            var method = new HttpMethod(endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0]);
            var path = endpoint.RoutePattern.RawText!["/api/v1".Length..].Replace("{tenant_id}", theirs.Name, StringComparison.Ordinal).Replace("{provider}", "stripe", StringComparison.Ordinal);
            object? body = method == HttpMethod.Get ? null : "{}";
            foreach (var caller in new[] { mine.Admin, anna.AsClient() })
            {
                var answer = path.EndsWith("/logo", StringComparison.Ordinal) ? await caller.Upload(path, Pictures.Png(3, 2)) : await caller.Send(method, path, body);
                (answer.Status, answer.Code).ShouldBe((404, "tenant_not_found"), $"{method} {path}: {answer.Text}");
            }

            walked++;
        }

        walked.ShouldBeGreaterThan(8);
        (await theirs.Admin.Get("/tenants/current")).Is(200).Headers["ETag"].ShouldBe("\"1\"");
        (await theirs.Admin.Get("/tenants/current/provider-configs")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        _ = (await theirs.Admin.Get("/tenants/current/branding/logo")).Refuses(404, "tenant_logo_not_found");
    }

    private static async Task<List<(string Name, bool HasTenant)>> Readable(NpgsqlDataSource source)
    {
        await using var command = source.CreateCommand("""
            select format('%I.%I', n.nspname, c.relname), exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname not in ('pg_catalog', 'information_schema') and n.nspname not like 'pg\_t%'
              and has_schema_privilege('ledger_reader', n.oid, 'usage') and has_any_column_privilege('ledger_reader', c.oid, 'select') order by 1
            """);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(string, bool)>();
        while (await reader.ReadAsync()) found.Add((reader.GetString(0), reader.GetBoolean(1)));
        return found;
    }

    /// <summary>How many rows are of others than this tenant.</summary>
    private static async Task<long> Count(NpgsqlDataSource source, string table, string tenant, bool asReader)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (asReader)
        {
            await using var enter = new NpgsqlCommand("select set_config('role', 'ledger_reader', true), set_config('ledger.tenant', $1, true)", connection, transaction) { Parameters = { new() { Value = tenant } } };
            _ = await enter.ExecuteNonQueryAsync();
        }

#pragma warning disable CA2100 // Names come from the catalog.
        await using var count = new NpgsqlCommand($"select count(*) from {table} where tenant_id is distinct from $1", connection, transaction) { Parameters = { new() { Value = tenant } } };
#pragma warning restore CA2100
        return (long)(await count.ExecuteScalarAsync())!;
    }
}

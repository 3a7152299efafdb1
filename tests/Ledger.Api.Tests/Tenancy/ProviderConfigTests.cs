using System.Text;
using Ledger.Api.Tests.Audit;
using Ledger.Application.Tenancy;
using Ledger.Domain.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ledger.Api.Tests.Tenancy;

/// <summary>What payment providers know a tenant by goes in and does not come out.</summary>
[Collection("app")]
public class ProviderConfigTests(SharedApp shared)
{
    private const string Stripe = "/tenants/current/provider-configs/stripe";

    [Fact]
    public async Task Secrets_are_listed_by_name_and_their_last_characters()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Put(Stripe, new { api_key = "sk_test_0123456789", webhook_secret = "twelve_chars", others = new { zone = "eu", account = "acct_123456789" } })).Is(200);
        _ = (await tenant.Admin.Put("/tenants/current/provider-configs/mock", new { api_key = "x" })).Is(200);
        (await tenant.Admin.Get("/tenants/current/provider-configs")).Is(200).Json["data"]!.ToJsonString().ShouldBe(
            """[{"provider":"stripe","secrets":[{"name":"api_key","last_four":"6789"},{"name":"webhook_secret"},{"name":"account","last_four":"6789"},{"name":"zone"}]},{"provider":"mock","secrets":[{"name":"api_key"}]}]""");
        var kept = await shared.App.Services.GetRequiredService<ProviderConfigs>().Find(tenant.Id, ProviderName.Stripe, CancellationToken.None);
        kept.ShouldNotBeNull().ApiKey.ShouldBe("sk_test_0123456789");
        kept.Others!["account"].ShouldBe("acct_123456789");
        (await (await shared.App.NewTenant()).Admin.Get("/tenants/current/provider-configs")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        _ = (await tenant.Staff.Get("/tenants/current/provider-configs")).Refuses(403, "forbidden");
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_others_take_their_place()
    {
        var tenant = await shared.App.NewTenant();
        var body = """{"others":{"b":"2","a":"1"},"api_key":"k"}""";
        (await tenant.Admin.Put(Stripe, body)).Is(200).Headers["ETag"].ShouldBe("\"1\"");
        (await tenant.Admin.Put(Stripe, """{"api_key":"k","others":{"a":"1","b":"2"}}""")).Is(200).Headers["ETag"].ShouldBe("\"1\"");
        (await tenant.Admin.Put(Stripe, """{"webhook_secret":"w"}""")).Is(200).Text.ShouldNotContain("api_key");
    }

    public static TheoryData<string, string, string> Wrong => new()
    {
        { "paypal", """{"api_key":"k"}""", "validation_failed" }, { "Stripe", """{"api_key":"k"}""", "validation_failed" }, { "stripe", "{}", "validation_failed" },
        { "stripe", """{"api_key":""}""", "validation_failed" }, { "stripe", """{"others":{}}""", "validation_failed" },
        { "stripe", """{"others":{"a":null}}""", "validation_failed" }, { "stripe", """{"others":{"A b":"x"}}""", "validation_failed" },
        { "stripe", """{"others":{"api_key":"x"}}""", "validation_failed" }, { "stripe", $"{{\"api_key\":\"{new string('x', 4001)}\"}}", "validation_failed" },
        { "stripe", $"{{\"others\":{{{string.Join(',', Enumerable.Range(0, 21).Select(i => $"\"a{i}\":\"x\""))}}}}}", "validation_failed" },
        { "stripe", """{"api_key":5}""", "malformed_request" }, { "stripe", """{"secret":"k"}""", "malformed_request" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_refused_and_changes_nothing(string provider, string body, string code)
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Put($"/tenants/current/provider-configs/{provider}", body)).Refuses(400, code);
        (await tenant.Admin.Get("/tenants/current/provider-configs")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task No_table_and_no_answer_has_a_secret_in_the_clear()
    {
        var tenant = await shared.App.NewTenant();
        var marker = $"planted{Guid.NewGuid():N}";
        var answers = new List<LedgerAnswer>
        {
            (await tenant.Admin.Put(Stripe, new { api_key = $"{marker}_api0", webhook_secret = $"{marker}_hook", others = new { account = $"{marker}_more" } })).Is(200),
            (await tenant.Admin.Put("/tenants/current/provider-configs/mock", new { api_key = marker + new string('x', 4000) })).Refuses(400, "validation_failed"),
            (await tenant.Admin.Put(Stripe, $"{{\"api_key\":[\"{marker}\"]}}")).Refuses(400, "malformed_request"),
            (await tenant.Admin.Get("/tenants/current/provider-configs")).Is(200),
        };
        var trail = await shared.Trail(tenant, "resource_type=provider_config");
        trail.Count.ShouldBe(1);
        answers.Select(one => one.Text).Concat(trail.Select(one => one.ToJsonString())).ShouldAllBe(text => !text.Contains(marker, StringComparison.Ordinal));
        answers[^1].Text.ShouldContain("api0");

        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        (await TablesWith(source, marker)).ShouldBeEmpty();
        (await TablesWith(source, tenant.Name)).ShouldContain("public.mt_events");
    }

    /// <summary>In the clear, or in base64 or hex of it.</summary>
    private static async Task<List<string>> TablesWith(NpgsqlDataSource source, string word)
    {
        var bytes = Encoding.ASCII.GetBytes(word);
        var words = new[] { word, Convert.ToHexStringLower(bytes) }
            .Concat(Enumerable.Range(0, 3).Select(shift => Convert.ToBase64String(bytes[shift..(shift + (bytes.Length - shift) / 3 * 3)]))).Select(one => $"%{one}%").ToArray();
        var found = new List<string>();
        foreach (var table in await Rows(source, "select format('%I.%I', schemaname, tablename) from pg_tables where schemaname not in ('pg_catalog', 'information_schema')", []))
            if (await Rows(source, $"select 'x' from {table} t where t::text ilike any($1) limit 1", words) is { Count: > 0 }) found.Add(table);
        return found;
    }

    private static async Task<List<string>> Rows(NpgsqlDataSource source, string sql, string[] words)
    {
#pragma warning disable CA2100 // Names come from the catalog.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        if (words.Length > 0) _ = command.Parameters.Add(new() { Value = words });
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }
}

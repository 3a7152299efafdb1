using System.Text.Json.Nodes;

namespace Ledger.Api.Tests.Audit;

/// <summary>What was done is told newest first, by whom and from where, with what it changed, and to nobody else.</summary>
[Collection("app")]
public class AuditTrailTests(SharedApp shared)
{
    [Fact]
    public async Task An_event_is_told_with_all_that_is_known_of_it()
    {
        var tenant = await shared.App.NewTenant();
        var made = (await tenant.Admin.Post("/customers", new { external_id = "old-1" }, "my-key")).Is(201);
        var entry = (await shared.Trail(tenant, "resource_type=customer"))[0];
        (entry.Text("action"), entry.Text("event"), entry.Text("resource_type"), entry.Text("resource_id"), entry.Text("status"))
            .ShouldBe(("create", "customer_created", "customer", made.Id, "success"));
        entry.Text("actor_kind").ShouldBe("api_key");
        entry.Text("idempotency_key").ShouldBe("my-key");
        entry.Text("request_id").ShouldBe(made.Headers["Request-Id"]);
        entry.Text("ip_address").ShouldBe("127.0.0.1");
        entry.Text("effective_at").ShouldBe("2025-11-01T12:00:00Z");
        entry.Text("position").ShouldBe(made.Headers["Ledger-Position"]);
        ((long)entry["block"]!["first_position"]!).ShouldBeLessThanOrEqualTo((long)entry["position"]!);
        ((long)entry["block"]!["last_position"]!).ShouldBeGreaterThanOrEqualTo((long)entry["position"]!);
        entry["block"]!.Text("hash")!.Length.ShouldBe(64);
        entry["details"]!["before"].ShouldBeNull();
        entry["details"]!["after"]!.Text("external_id").ShouldBe("old-1");

        var one = (await tenant.Admin.Get($"/audit-logs/{entry.Text("id")}")).Is(200).Json;
        JsonNode.DeepEquals(one, entry).ShouldBeTrue(one.ToJsonString());
    }

    [Fact]
    public async Task A_change_tells_the_members_that_differ_and_nothing_personal()
    {
        var tenant = await shared.App.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Zoë Secretname", email = "zoe@secretmail.example", external_id = "a" })).Is(201).Id;
        _ = (await tenant.Admin.Patch($"/customers/{id}", new { city = "Secretcity", external_id = "b" })).Is(200);
        _ = (await tenant.Admin.Delete($"/customers/{id}")).Is(204);
        var trail = await shared.Trail(tenant, $"resource_id={id}&resource_type=customer");
        trail.Select(one => one.Text("action")).ShouldBe(["delete", "update", "create"]);
        trail[1]["details"]!.ToJsonString().ShouldBe("""{"before":{"external_id":"a","details":"***"},"after":{"external_id":"b","details":"***"}}""");
        trail[0]["details"]!["after"]!.Text("state").ShouldBe("deleted");
        var all = string.Concat(trail.Select(one => one.ToJsonString()));
        all.ShouldNotContain("ecret");
        all.ShouldNotContain("\"sealed\"");
        trail[2]["details"]!["after"]!.Text("email_token").ShouldBe("***");
    }

    [Fact]
    public async Task What_charges_a_card_is_not_shown()
    {
        var tenant = await shared.App.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        _ = (await tenant.Admin.Post($"/customers/{id}/payment-methods", new { token = "sbx_visa_4242_1230" })).Is(201);
        var added = (await shared.Trail(tenant, "action=payment_method_added")).ShouldHaveSingleItem();
        added["details"]!["after"]!["methods"]![0]!.Text("token").ShouldBe("***");
        added["details"]!["after"]!["methods"]![0]!.Text("last4").ShouldBe("4242");
    }

    [Fact]
    public async Task Filters_narrow_and_can_be_put_together()
    {
        var tenant = await shared.App.NewTenant();
        var product = (await tenant.Admin.Post("/products", new { name = "P" })).Is(201).Id;
        _ = (await tenant.Staff.Post("/customers", new { full_name = "Anna" })).Is(201);
        _ = (await tenant.Admin.Patch($"/products/{product}", new { name = "Q" })).Is(200);
        var staff = (await shared.Trail(tenant, "resource_type=customer"))[0].Text("actor_id");
        async Task<IEnumerable<string?>> Events(string query) => (await shared.Trail(tenant, query)).Select(one => one.Text("event"));

        (await Events("resource_type=product")).ShouldBe(["product_changed", "product_created"]);
        (await Events($"resource_id={product}")).ShouldBe(["product_changed", "product_created"]);
        (await Events($"resource_id={product}&action=create")).ShouldBe(["product_created"]);
        (await Events("action=update")).ShouldBe(["product_changed"]);
        (await Events("action=product_created")).ShouldBe(["product_created"]);
        (await Events($"actor={staff}")).ShouldBe(["customer_created"]);
        (await Events($"actor=api_key:{staff}&resource_type=product")).ShouldBeEmpty();
        (await Events("actor=test:test&action=create")).ShouldBe(["api_key_issued", "api_key_issued", "tenant_created"]);
        (await Events("status=failure")).ShouldBeEmpty();
        (await Events("status=success&resource_type=customer")).ShouldBe(["customer_created"]);
        (await Events("resource_type=invoice")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Days_are_the_tenants_and_both_are_in_it()
    {
        var tenant = await shared.App.NewTenant(zone: "Pacific/Auckland");
        var recorded = NodaTime.Text.InstantPattern.ExtendedIso.Parse((await shared.Trail(tenant))[0].Text("at")!).Value;
        var day = recorded.InZone(NodaTime.DateTimeZoneProviders.Tzdb["Pacific/Auckland"]).Date;
        async Task<int> Count(NodaTime.LocalDate? from, NodaTime.LocalDate? to) =>
            (await shared.Trail(tenant, $"from_date={from:uuuu-MM-dd}&to_date={to:uuuu-MM-dd}")).Count;

        (await Count(day, day)).ShouldBe(3);
        (await Count(day, null)).ShouldBe(3);
        (await Count(null, day)).ShouldBe(3);
        (await Count(day.PlusDays(1), null)).ShouldBe(0);
        (await Count(null, day.PlusDays(-1))).ShouldBe(0);
        (await Count(new(1, 1, 1), new(9999, 12, 31))).ShouldBe(3);
    }

    [Fact]
    public async Task Pages_of_one_give_what_a_page_of_all_does()
    {
        var tenant = await shared.App.NewTenant();
        for (var i = 0; i < 3; i++)
        {
            var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
            _ = (await tenant.Staff.Get($"/customers/{id}")).Is(200);
        }

        var all = (await shared.Trail(tenant)).Select(one => one.Text("id")).ToList();
        all.Count.ShouldBe(9);
        foreach (var query in new[] { "", "&status=success", "&actor=test:test", "&action=create&resource_type=customer" })
        {
            var expected = (await shared.Trail(tenant, query.TrimStart('&'))).Select(one => one.Text("id")).ToList();
            var (seen, cursor) = (new List<string?>(), (string?)"");
            for (; cursor is not null; )
            {
                var page = (await tenant.Admin.Get($"/audit-logs?limit=1{query}{(cursor.Length == 0 ? "" : $"&after={Uri.EscapeDataString(cursor)}")}")).Is(200).Json;
                seen.AddRange(page["data"]!.AsArray().Select(one => one!.Text("id")));
                ((bool)page["page"]!["has_more"]!).ShouldBe(page["page"]!["next_cursor"] is not null);
                cursor = page["page"]!.Text("next_cursor");
            }

            seen.ShouldBe(expected, query);
        }
    }

    [Fact]
    public async Task Another_tenants_trail_is_not_there()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        _ = (await mine.Admin.Post("/customers", new { full_name = "Anna" })).Is(201);
        var entry = (await shared.Trail(mine, "resource_type=customer"))[0];
        (await theirs.Admin.Get($"/audit-logs/{entry.Text("id")}")).Refuses(404, "not_found");
        (await theirs.Admin.Get($"/audit-logs/{entry.Text("id")}/proof")).Refuses(404, "not_found");
        (await shared.Trail(theirs, $"resource_id={entry.Text("resource_id")}")).ShouldBeEmpty();
        (await shared.Trail(theirs, $"actor={entry.Text("actor_id")}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("limit=0"), InlineData("limit=x"), InlineData("limit=201"), InlineData("after=!!"), InlineData("after=cDEyMw"), InlineData("resource_id=5")]
    [InlineData("resource_type=nothing"), InlineData("action=destroy"), InlineData("status=maybe"), InlineData("from_date=yesterday"), InlineData("to_date=2026-02-30")]
    public async Task A_filter_is_refused(string query) => (await (await shared.App.NewTenant()).Admin.Get($"/audit-logs?{query}")).Refuses(400, "validation_failed");

    [Theory]
    [InlineData("?from_date=-5000-01-01&to_date=-4999-01-01"), InlineData("?to_date=9999-12-31"), InlineData("?actor=%00"), InlineData("?actor=:"), InlineData("?after=MS4yLjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw")]
    [InlineData("/ffffffff-ffff-7fff-bfff-ffffffffffff"), InlineData("/00000000-0000-7000-8000-000000000000"), InlineData("/00000000-0000-7000-8000-000000000000/proof?from_block=99999999999999999999")]
    [InlineData("/ffffffff-ffff-7fff-bfff-ffffffffffff/proof?head=x")]
    public async Task Nothing_that_is_asked_is_a_fault(string query) => (await (await shared.App.NewTenant()).Admin.Get($"/audit-logs{query}")).Status.ShouldBeLessThan(500);
}

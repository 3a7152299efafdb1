using Ledger.Domain.People;

namespace Ledger.Api.Tests.Tenancy;

/// <summary>Who looks after tenants takes them in, and sees them all.</summary>
[Collection("app")]
public class CreateTenantTests(SharedApp shared)
{
    private static readonly Dictionary<string, object> Bakery = new()
    {
        ["name"] = "Bakery", ["mode"] = "sandbox", ["currency"] = "ISK", ["time_zone"] = "Atlantic/Reykjavik", ["clock"] = "2026-01-30T12:00:00Z",
        ["billing_frequencies"] = new[] { "monthly", "every_2_weeks" }, ["prices_include_tax"] = false,
    };

    [Fact]
    public async Task A_tenant_is_taken_in_with_its_own_key_and_clock()
    {
        using var platform = await shared.App.NewUser(null, UserRole.PlatformAdmin);
        var made = (await platform.AsClient().Post("/tenants", Bakery)).Is(201);
        made.Headers["Location"].ShouldBe($"/api/v1/tenants/{made.Id}");
        made.Json["billing_frequencies"]!.ToJsonString().ShouldBe("""["monthly","every_2_weeks"]""");
        made.Json["prices_include_tax"]!.GetValue<bool>().ShouldBeFalse();
        made.Text.ShouldNotContain("api_key");

        var tenant = new TestTenant(new(Guid.Parse(made.Id)), shared.App.Anonymous, shared.App.Anonymous);
        using var anna = await shared.App.NewUser(tenant, UserRole.Admin);
        _ = (await anna.Post("/customers", new { full_name = "Jon", email = "jon@example.is" })).Is(201);   // By the tenant's own key.
        (await anna.Post("/testing/clock-advances", new { to = "2026-01-31T12:00:00Z" })).Status.ShouldBeInRange(200, 202);
        (await anna.Get("/tenants/current")).Is(200).Id.ShouldBe(made.Id);
    }

    [Fact]
    public async Task A_repeat_gets_the_first_answer_and_makes_nothing()
    {
        using var browser = await shared.App.NewUser(null, UserRole.PlatformAdmin);
        var platform = browser.AsClient();
        var first = (await platform.Post("/tenants", Bakery, "one")).Is(201);
        var again = (await platform.Post("/tenants", Bakery, "one")).Is(201);
        again.Text.ShouldBe(first.Text);
        again.Headers["Idempotent-Replayed"].ShouldBe("true");
        _ = (await platform.Post("/tenants", new Dictionary<string, object>(Bakery) { ["name"] = "Other" }, "one")).Refuses(422, "idempotency_key_reused");
    }

    public static TheoryData<string, object?, string> Wrong => new()
    {
        { "name", " ", "validation_failed" }, { "name", new string('x', 101), "validation_failed" }, { "name", null, "malformed_request" },
        { "mode", "both", "malformed_request" }, { "mode", "live", "validation_failed" }, { "currency", "XYZ", "malformed_request" },
        { "time_zone", "Mars/Base", "malformed_request" }, { "clock", "1999-12-31T23:59:59Z", "validation_failed" },
        { "clock", "9999-01-01T00:00:00Z", "validation_failed" }, { "billing_frequencies", Array.Empty<string>(), "validation_failed" }, { "id", "x", "malformed_request" },
    };

    [Theory, MemberData(nameof(Wrong))]
    public async Task What_is_wrong_is_refused_and_makes_nothing(string member, object? value, string code)
    {
        using var browser = await shared.App.NewUser(null, UserRole.PlatformAdmin);
        var name = $"Never {Guid.NewGuid()}";
        var request = new Dictionary<string, object?>(Bakery.Select(one => KeyValuePair.Create(one.Key, (object?)one.Value))) { ["name"] = name, [member] = value };
        _ = (await browser.AsClient().Post("/tenants", request)).Refuses(400, code);
        (await browser.AsClient().Get("/tenants?limit=200")).Is(200).Text.ShouldNotContain(name);
    }

    [Fact]
    public async Task Platform_admins_see_all_tenants_page_by_page_and_others_their_own()
    {
        var (mine, theirs) = (await shared.App.NewTenant(), await shared.App.NewTenant());
        using var browser = await shared.App.NewUser(null, UserRole.PlatformAdmin);
        var platform = browser.AsClient();
        var made = new List<string>();
        for (var i = 0; i < 3; i++) made.Add((await platform.Post("/tenants", Bakery)).Is(201).Id);

        var seen = new List<string>();
        for (var page = "/tenants?limit=2&include=total"; ;)
        {
            var answer = (await platform.Get(page)).Is(200).Json;
            seen.AddRange(answer["data"]!.AsArray().Select(one => one!["id"]!.GetValue<string>()));
            if (seen.Contains(mine.Name) && seen.Contains(theirs.Name)) break;
            page = $"/tenants?limit=2&after={Uri.EscapeDataString(answer["page"]!["next_cursor"]!.GetValue<string>())}";
        }

        seen.Where(made.Contains).ShouldBe(made.AsEnumerable().Reverse());
        seen.ShouldBeUnique();
        foreach (var caller in new[] { mine.Admin, mine.Staff })
            (await caller.Get("/tenants?include=total")).Is(200).Json["data"]!.AsArray().Single()!["id"]!.GetValue<string>().ShouldBe(mine.Name);
        (await mine.Admin.Get("/tenants?include=total")).Json["page"]!["total"]!.GetValue<long>().ShouldBe(1);

        (await platform.Get($"/tenants/{theirs.Name}")).Is(200).Id.ShouldBe(theirs.Name);
        _ = (await mine.Admin.Get($"/tenants/{theirs.Name}")).Refuses(404, "tenant_not_found");
        foreach (var nowhere in new[] { "current", Guid.NewGuid().ToString(), "x", Ledger.Domain.Tenancy.TenantId.Platform.ToString() })
            _ = (await platform.Get($"/tenants/{nowhere}")).Refuses(404, "tenant_not_found");
    }
}

namespace Ledger.Api.Tests.Edge;

/// <summary>Which pages of other origins may call from a browser.</summary>
[Collection("edge")]
public class CorsTests(EdgeApp edge)
{
    private const string Shop = "https://shop.example", Office = "https://office.example", Tried = "http://localhost:5173";

    [Theory]
    [InlineData(Shop, true), InlineData(Office, true), InlineData(Tried, true), InlineData("http://localhost", false), InlineData("https://evil.example", false), InlineData("null", false), InlineData("http://shop.example", false)]
    [InlineData("https://shop.example.evil.example", false), InlineData("https://SHOP.example", false), InlineData("https://shop.example:444", false), InlineData("*", false)]
    public async Task A_preflight_needs_no_caller(string origin, bool allowed)
    {
        var answer = await edge.Send(HttpMethod.Options, "/api/v1/customers", ("Origin", origin), ("Access-Control-Request-Method", "POST"));
        ((int)answer.StatusCode).ShouldBe(204);
        Told(answer, "Access-Control-Allow-Origin").ShouldBe(allowed ? origin : null);
        Told(answer, "Vary").ShouldBe("Origin");
        (Told(answer, "Access-Control-Allow-Headers")?.Contains("Idempotency-Key", StringComparison.Ordinal) == true).ShouldBe(allowed);
        Told(answer, "Access-Control-Allow-Credentials").ShouldBeNull();
    }

    [Fact]
    public async Task At_a_tenants_host_a_preflight_is_asked_of_that_tenant()
    {
        var other = await edge.App.NewTenant();
        (string, string) At(TestTenant tenant) => ("Host", $"{tenant.Name}.ledger.example");
        async Task<string?> Preflight(TestTenant tenant) => Told(
            await edge.Send(HttpMethod.Options, "/api/v1/auth/sessions", At(tenant), ("Origin", Shop), ("Access-Control-Request-Method", "POST")), "Access-Control-Allow-Origin");
        (await Preflight(edge.Tenant)).ShouldBe(Shop);
        (await Preflight(other)).ShouldBeNull();
    }

    [Fact]
    public async Task An_answer_is_readable_where_the_callers_tenant_allows_it()
    {
        var key = await edge.Tenant.NewKey(new { name = "x", role = "admin" });
        var others = await (await edge.App.NewTenant()).NewKey(new { name = "x", role = "admin" });
        async Task<string?> Ask(string bearer, string origin) =>
            Told(await edge.Send(HttpMethod.Get, "/api/v1/customers", ("Authorization", $"Bearer {bearer}"), ("Origin", origin)), "Access-Control-Allow-Origin");
        (await Ask(key, Shop)).ShouldBe(Shop);
        (await Ask(key, Office)).ShouldBe(Office);
        (await Ask(others, Shop)).ShouldBeNull();
        (await Ask(others, Office)).ShouldBeNull();
        (await Ask("nothing-that-is-good-at-all", Shop)).ShouldBeNull();
    }

    [Fact]
    public async Task A_refusal_is_readable_too_and_every_answer_varies()
    {
        var answer = await edge.Send(HttpMethod.Get, "/api/v1/nowhere", ("Origin", Office), Here);
        ((int)answer.StatusCode).ShouldBe(404);
        Told(answer, "Access-Control-Allow-Origin").ShouldBe(Office);
        Told(answer, "Access-Control-Expose-Headers")!.ShouldContain("Request-Id");
        Told(await edge.Send(HttpMethod.Get, "/api/v1/health"), "Vary").ShouldBe("Origin");
    }

    [Fact]
    public async Task Cookies_go_to_login_paths_alone()
    {
        Told(await edge.Send(HttpMethod.Get, "/api/v1/auth/csrf-token", ("Origin", Office), Here), "Access-Control-Allow-Credentials").ShouldBe("true");
        Told(await edge.Send(HttpMethod.Get, "/api/v1/health", ("Origin", Office), Here), "Access-Control-Allow-Credentials").ShouldBeNull();
        Told(await edge.Send(HttpMethod.Get, "/api/v1/auth/csrf-token", ("Origin", "https://evil.example"), Here), "Access-Control-Allow-Credentials").ShouldBeNull();
    }

    [Fact]
    public async Task At_the_platforms_host_a_page_reads_nothing_before_somebody_has_shown_who_they_are() =>
        Told(await edge.Send(HttpMethod.Get, "/api/v1/auth/csrf-token", ("Origin", Office)), "Access-Control-Allow-Origin").ShouldBeNull();

    [Fact]
    public async Task What_a_tenant_no_longer_allows_is_closed()
    {
        var tenant = await edge.App.NewTenant();
        var key = await tenant.NewKey(new { name = "x", role = "admin" });
        async Task Becomes(string[] origins, string? told)
        {
            (await tenant.Admin.Patch("/tenants/current/settings", new { cors_origins = origins })).Is(200)
                .Json["cors_origins"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(origins);
            for (var n = 0; n < 200; n++)   // What is known of a tenant may be a second old.
            {
                if (Told(await edge.Send(HttpMethod.Get, "/api/v1/customers", ("Authorization", $"Bearer {key}"), ("Origin", "https://new.example")), "Access-Control-Allow-Origin") == told) return;
                await Task.Delay(50);
            }

            throw new TimeoutException($"It never was told {told ?? "nothing"}.");
        }

        await Becomes(["https://new.example"], "https://new.example");
        await Becomes([], null);
    }

    [Theory]
    [InlineData("*"), InlineData("https://*.shop.example"), InlineData("https://shop.example/"), InlineData("shop.example"), InlineData("https://Shop.example")]
    [InlineData("https://a:b@shop.example"), InlineData("null"), InlineData("ftp://shop.example"), InlineData("http://shop.example"), InlineData("http://localhost.evil.example"), InlineData("")]
    public async Task What_is_no_origin_is_not_set(string origin) =>
        (await edge.Tenant.Admin.Patch("/tenants/current/settings", new { cors_origins = new[] { Shop, origin } })).Refuses(400, "validation_failed");

    [Fact]
    public async Task Twenty_origins_are_enough() => (await edge.Tenant.Admin.Patch(
        "/tenants/current/settings", new { cors_origins = Enumerable.Range(0, 21).Select(n => $"https://shop{n}.example") })).Refuses(400, "validation_failed");

    private (string, string) Here => ("Host", $"{edge.Tenant.Name}.ledger.example");

    private static string? Told(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}

namespace Ledger.Api.Tests.Tenancy;

/// <summary>How a tenant looks, and its logo.</summary>
[Collection("app")]
public class BrandingTests(SharedApp shared)
{
    [Fact]
    public async Task Anybody_sees_how_a_tenant_looks()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Patch("/tenants/current/branding", new { primary_color = "#AABB0C", css_url = "https://cdn.example.is/a.css" })).Is(200);
        var seen = (await shared.App.Anonymous.Get($"/tenants/{tenant.Name}/branding")).Is(200).Json;
        seen["name"]!.GetValue<string>().ShouldBe("Test");
        seen["primary_color"]!.GetValue<string>().ShouldBe("#aabb0c");
        seen["css_url"]!.GetValue<string>().ShouldBe("https://cdn.example.is/a.css");
        seen["logo_url"].ShouldBeNull();
        (await shared.App.Anonymous.Get($"/tenants/{tenant.Name}/billing-frequencies")).Is(200).Json["data"]!.ToJsonString().ShouldBe("""["monthly","quarterly"]""");
        (await tenant.Staff.Get("/tenants/current/branding")).Is(200).Json["tenant_id"]!.GetValue<string>().ShouldBe(tenant.Name);
        _ = (await tenant.Staff.Patch("/tenants/current/branding", new { primary_color = "#000000" })).Refuses(403, "forbidden");
    }

    [Theory]
    [InlineData("""{"primary_color":"red"}"""), InlineData("""{"primary_color":"#12345"}"""), InlineData("""{"primary_color":"#123456\n"}""")]
    [InlineData("""{"css_url":"http://a.is/a.css"}"""), InlineData("""{"css_url":"javascript:alert(1)"}"""), InlineData("""{"css_url":"https://u:p@a.is/"}"""), InlineData("""{"css_url":"/a.css"}""")]
    public async Task What_is_wrong_is_refused_and_changes_nothing(string body)
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Patch("/tenants/current/branding", body)).Refuses(400, "validation_failed");
        (await tenant.Admin.Get("/tenants/current")).Is(200).Headers["ETag"].ShouldBe("\"1\"");
    }

    [Fact]
    public async Task A_logo_is_what_its_bytes_are_whatever_it_is_called()
    {
        var tenant = await shared.App.NewTenant();
        foreach (var (type, file) in new[] { ("image/png", Pictures.Png(3, 2)), ("image/jpeg", Pictures.Jpeg(3, 2)), ("image/webp", Pictures.WebP(3, 2)) })
        {
            var url = (await tenant.Admin.Upload("/tenants/current/branding/logo", file, "text/html", "../../x.svg")).Is(200).Json["logo_url"]!.GetValue<string>();
            using var http = new HttpClient { BaseAddress = shared.App.Address };
            using var answer = await http.GetAsync(new Uri(url, UriKind.Relative));
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(file);
            answer.Content.Headers.ContentType!.ToString().ShouldBe(type);
            answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
            answer.Headers.GetValues("Content-Security-Policy").Single().ShouldBe("default-src 'none'");
            answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
            using var again = new HttpRequestMessage(HttpMethod.Get, new Uri(url, UriKind.Relative)) { Headers = { IfNoneMatch = { answer.Headers.ETag! } } };
            using var unchanged = await http.SendAsync(again);
            ((int)unchanged.StatusCode).ShouldBe(304);
            using var current = await http.GetAsync(new Uri($"/api/v1/tenants/{tenant.Name}/branding/logo", UriKind.Relative));
            (await current.Content.ReadAsByteArrayAsync()).ShouldBe(file);
            current.Headers.CacheControl!.ToString().ShouldNotContain("immutable");
        }
    }

    [Fact]
    public async Task The_same_logo_again_changes_nothing()
    {
        var tenant = await shared.App.NewTenant();
        var first = (await tenant.Admin.Upload("/tenants/current/branding/logo", Pictures.Png(3, 2))).Is(200).Headers["ETag"];
        (await tenant.Admin.Upload("/tenants/current/branding/logo", Pictures.Png(3, 2))).Is(200).Headers["ETag"].ShouldBe(first);
    }

    [Fact]
    public async Task What_is_no_logo_is_refused_and_changes_nothing()
    {
        var tenant = await shared.App.NewTenant();
        var svg = """<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>"""u8.ToArray();
        foreach (var file in new[] { svg, [], [.. "GIF89a"u8, .. new byte[60]], Pictures.Png(3, 2)[..20], Pictures.Png(4097, 1), Pictures.Jpeg(1, 4097), Pictures.WebP(5000, 5000), Pictures.Png(0, 5) })
            _ = (await tenant.Admin.Upload("/tenants/current/branding/logo", file)).Refuses(422, "tenant_logo_not_an_image");
        _ = (await tenant.Admin.Upload("/tenants/current/branding/logo", [.. Pictures.Png(3, 2), .. new byte[512 * 1024]])).Refuses(422, "tenant_logo_too_large");
        _ = (await tenant.Admin.Upload("/tenants/current/branding/logo", new byte[2 * 1024 * 1024])).Refuses(413, "body_too_large");
        _ = (await tenant.Admin.Post("/tenants/current/branding/logo", new { file = "x" })).Refuses(415, "unsupported_media_type");
        _ = (await tenant.Admin.Send(HttpMethod.Post, "/tenants/current/branding/logo", new MultipartFormDataContent())).Refuses(400, "malformed_request");
        _ = (await tenant.Admin.Send(HttpMethod.Post, "/tenants/current/branding/logo", new MultipartFormDataContent { { new StringContent("x"), "file" } })).Refuses(400, "malformed_request");
        _ = (await tenant.Admin.Send(HttpMethod.Post, "/tenants/current/branding/logo", new MultipartFormDataContent
        {
            { new ByteArrayContent(Pictures.Png(3, 2)), "file", "a.png" }, { new ByteArrayContent(Pictures.Png(3, 2)), "file", "b.png" },
        })).Refuses(400, "malformed_request");
        _ = (await tenant.Admin.Get("/tenants/current/branding/logo")).Refuses(404, "tenant_logo_not_found");
        _ = (await tenant.Admin.Get($"/tenants/current/branding/logo?hash={new string('0', 64)}")).Refuses(404, "tenant_logo_not_found");
        (await tenant.Admin.Get("/tenants/current")).Is(200).Headers["ETag"].ShouldBe("\"1\"");
    }

    [Fact]
    public async Task Of_all_that_was_uploaded_the_newest_are_kept()
    {
        var tenant = await shared.App.NewTenant();
        var urls = new List<string>();
        for (var i = 1; i <= 22; i++)
            urls.Add((await tenant.Admin.Upload("/tenants/current/branding/logo", Pictures.Png(i, 1))).Is(200).Json["logo_url"]!.GetValue<string>()["/api/v1".Length..]);
        _ = (await shared.App.Anonymous.Get(urls[0])).Refuses(404, "tenant_logo_not_found");
        _ = (await shared.App.Anonymous.Get(urls[^1])).Is(200);
        _ = (await shared.App.Anonymous.Get(urls[2])).Is(200);
    }
}

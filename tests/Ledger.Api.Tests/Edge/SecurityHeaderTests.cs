using System.Net;

namespace Ledger.Api.Tests.Edge;

/// <summary>What every answer tells a browser, whether it is a yes, a no, a page or nothing.</summary>
[Collection("app")]
public class SecurityHeaderTests(SharedApp shared)
{
    private const string OfTheApi = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    [Theory]
    [InlineData("/api/v1/health", 200), InlineData("/api/v1/customers", 401), InlineData("/api/v1/nowhere", 404), InlineData("/nowhere", 404)]
    [InlineData("/docs/problems/not_found", 200)]
    public async Task Of_the_api(string path, int status)
    {
        var answer = await Get(shared.App, path);
        ((int)answer.StatusCode).ShouldBe(status);
        Common(answer).ShouldBe("no-store");
        answer.Headers.GetValues("Content-Security-Policy").ShouldBe([OfTheApi]);
    }

    [Fact]
    public async Task Of_an_answer_with_personal_data_and_of_a_refusal_of_it()
    {
        var tenant = await shared.App.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        (await tenant.Admin.Get($"/customers/{id}")).Is(200).Headers["Cache-Control"].ShouldBe("no-store");
        (await tenant.Admin.Get($"/customers/{Guid.NewGuid()}")).Is(404).Headers["X-Content-Type-Options"].ShouldBe("nosniff");
    }

    [Fact]
    public async Task The_openapi_document_is_asked_for_again_by_its_tag() =>
        Common(await Get(shared.App, "/api/v1/openapi.json")).ShouldBe("no-cache");

    [Fact]
    public async Task An_endpoint_that_says_more_of_its_own_is_left_as_it_is() =>
        Common(await Get(shared.App, "/.well-known/jwks.json")).ShouldBe("public, max-age=60");

    [Theory]
    [InlineData("/docs/index.html"), InlineData("/docs/swagger-ui.css")]
    public async Task The_documentation_may_run_its_own_scripts_and_no_others(string path)
    {
        var answer = await Get(shared.App, path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        _ = Common(answer);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldContain("script-src 'self';");
        policy.ShouldContain("frame-ancestors 'none'");
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain("<script>");   // One that stands in the page would not run.
    }

    private static string Common(HttpResponseMessage answer)
    {
        answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        answer.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        answer.Headers.GetValues("Cross-Origin-Resource-Policy").ShouldBe(["same-origin"]);
        answer.Headers.Contains("Strict-Transport-Security").ShouldBeFalse();   // Not over http.
        answer.Headers.Contains("Server").ShouldBeFalse();
        return answer.Headers.TryGetValues("Cache-Control", out var values) ? values.Single() : "";
    }

    private static async Task<HttpResponseMessage> Get(LedgerApp app, string path)
    {
        using var http = new HttpClient();
        return await http.GetAsync(new Uri(app.Address, path));
    }
}

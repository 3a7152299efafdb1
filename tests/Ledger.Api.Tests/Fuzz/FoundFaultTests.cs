using Ledger.Api.Edge;
using Ledger.Api.Requests;
using Microsoft.Extensions.Configuration;

namespace Ledger.Api.Tests.Fuzz;

/// <summary>What hostile requests have found, each by itself.</summary>
[Collection("app")]
public class FoundFaultTests(SharedApp shared)
{
    [Fact]
    public void Whatever_a_request_waits_for_it_can_say_so_before_its_time_is_up()
    {
        var time = EdgeSettings.Of(new ConfigurationBuilder().Build()).RequestTime;
        FreshReads.Most.ShouldBeLessThan(time);
        WaitingTime.Usual.Most.ShouldBeLessThan(time);
    }

    [Fact]
    public async Task A_position_that_the_views_will_never_see_is_one_they_are_behind()
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shared.App.Address, "/api/v1/customers"));
        request.Headers.Add("Authorization", $"Bearer {(await shared.App.NewTenant()).Admin.Bearer}");
        request.Headers.Add("Ledger-Min-Position", $"{long.MaxValue}");
        using var answer = await http.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(503);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("views_behind");
    }

    [Fact]
    public async Task A_parameter_that_is_missing_is_a_problem()
    {
        var path = $"/setup-sessions/{Guid.NewGuid()}/callback";
        foreach (var query in new[] { "", "?tenant=x", "?signature=x" })
        {
            var answer = (await shared.App.Anonymous.Get(path + query)).Refuses(400, "malformed_request");
            answer.Headers["Content-Type"].ShouldStartWith("application/problem+json");
        }
    }

    [Theory]
    [InlineData("GET", "/billing-runs/{0}"), InlineData("GET", "/testing/clock-advances/{0}"), InlineData("PATCH", "/users/{0}"), InlineData("DELETE", "/users/{0}"), InlineData("GET", "/invoices/{0}")]
    [InlineData("GET", "/subscriptions/{0}"), InlineData("POST", "/subscriptions/{0}/cancel"), InlineData("GET", "/payments/{0}"), InlineData("GET", "/setup-sessions/{0}"), InlineData("DELETE", "/api-keys/{0}")]
    public async Task An_id_of_something_of_another_kind_is_not_there(string method, string path)
    {
        var tenant = await shared.App.NewTenant();
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        var body = path.StartsWith("/users", StringComparison.Ordinal) && method == "PATCH" ? new { role = "staff" } : method == "POST" ? new { } : (object?)null;
        var answer = await tenant.Admin.Send(new(method), path.Replace("{0}", customer, StringComparison.Ordinal), body, Guid.NewGuid().ToString());
        answer.Status.ShouldBe(404, answer.Text);
        (await tenant.Admin.Get($"/customers/{customer}")).Is(200).Json["full_name"]!.GetValue<string>().ShouldBe("Anna");
    }

    [Theory]
    [InlineData("/products"), InlineData("/customers")]
    public async Task Metadata_without_a_value_is_refused(string path)
    {
        var tenant = await shared.App.NewTenant();
        var member = path == "/products" ? "name" : "full_name";
        (await tenant.Admin.Post(path, $"{{\"{member}\":\"A\",\"metadata\":{{\"colour\":null}}}}")).Refuses(400, "validation_failed");
    }

    [Fact]
    public async Task The_provider_hears_nothing_of_a_setup_for_nobody()
    {
        await using var app = await LedgerApp.Start(runsWorkers: false);
        var tenant = await app.NewTenant();
        (await tenant.Admin.Post("/setup-sessions", new { customer_id = Guid.NewGuid(), return_url = "https://shop.example/" })).Refuses(404, "customer_not_found");
        await using var source = Npgsql.NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = source.CreateCommand("select count(*) from sandbox.setups");
        (await command.ExecuteScalarAsync()).ShouldBe(0L);
    }

    /// <summary>Endpoints each have a request of their own, and these have the same name in our code.</summary>
    [Fact]
    public async Task Every_body_is_described_as_what_it_is()
    {
        var document = (await shared.App.Anonymous.Get("/openapi.json")).Is(200).Json;
        string[] Members(string path, string method) =>
            [.. document["components"]!["schemas"]![document["paths"]![$"/api/v1{path}"]![method]!["requestBody"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>().Split('/')[^1]]!
                ["properties"]!.AsObject().Select(one => one.Key)];
        Members("/auth/login-codes", "post").ShouldContain("channel");
        Members("/customers/{customer_id}/payment-methods", "post").ShouldContain("token");
        Members("/setup-sessions", "post").ShouldContain("return_url");
    }
}

using Ledger.Api.Audit;
using Ledger.Api.Edge;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Ledger.Api.Tests.Edge;

/// <summary>Where a request came from, when proxies stand between and callers write what they like.</summary>
[Collection("edge")]
public class ProxyTests(EdgeApp edge)
{
    [Theory]
    [InlineData("198.51.100.7", "198.51.100.7")]
    [InlineData("1.2.3.4, 198.51.100.7", "198.51.100.7")]               // What the caller wrote stands left of what the proxy saw.
    [InlineData("1.2.3.4, 198.51.100.7, 10.1.2.3", "198.51.100.7")]     // Two proxies.
    [InlineData("1.2.3.4, 10.1.2.3, 198.51.100.7", "198.51.100.7")]     // A proxy's address that a caller wrote.
    [InlineData("1.2.3.4, 10.2.0.1", "10.2.0.1")]                       // A neighbour that is no proxy of ours.
    [InlineData("2001:db8::7", "2001:db8::7")]
    [InlineData("198.51.100.7, nonsense", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task The_first_address_from_the_right_that_is_no_proxy_counts(string forwarded, string expected) =>
        (await AddressOf(edge.App, forwarded)).ShouldBe(expected);

    [Fact]
    public async Task Without_proxies_nobody_is_believed()
    {
        await using var app = await LedgerApp.Start();
        (await AddressOf(app, "198.51.100.7")).ShouldBe("127.0.0.1");
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, "/api/v1/health"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        (await http.SendAsync(request)).Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task Https_at_a_proxy_is_https()
    {
        var answer = await edge.Send(HttpMethod.Get, "/api/v1/health", ("X-Forwarded-For", "198.51.100.7"), ("X-Forwarded-Proto", "https"));
        answer.Headers.GetValues("Strict-Transport-Security").ShouldBe(["max-age=31536000; includeSubDomains"]);
        (await edge.Send(HttpMethod.Get, "/api/v1/health")).Headers.Contains("Strict-Transport-Security").ShouldBeFalse();
    }

    [Fact]
    public async Task Limits_are_those_of_the_true_address()
    {
        async Task<int> LogIn(string forwarded)
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(edge.App.Address, "/api/v1/auth/sessions"));
            _ = request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded);
            request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
            return (int)(await http.SendAsync(request)).StatusCode;
        }

        // A fresh lie each time helps nobody; somebody else is not kept out by it.
        var statuses = new List<int>();
        for (var i = 0; i < 12; i++) statuses.Add(await LogIn($"1.2.3.{i}, 198.51.100.99"));
        statuses.ShouldContain(429);
        (await LogIn("198.51.100.98")).ShouldBe(400);
    }

    [Theory]
    [InlineData("proxy.example"), InlineData("10.0.0.0/33"), InlineData("*")]
    public void What_is_no_address_is_not_served_with(string given) => Should.Throw<EdgeSettingsException>(() => Proxies.Options(given));

    /// <summary>As the audit trail has it.</summary>
    private static async Task<string?> AddressOf(LedgerApp app, string forwarded)
    {
        var tenant = await app.NewTenant();
        var key = await tenant.NewKey(new { name = "x", role = "admin" });
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(app.Address, $"/api/v1/customers/{Guid.NewGuid()}"));
        request.Headers.Authorization = new("Bearer", key);
        if (forwarded.Length > 0) _ = request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwarded);
        (await http.SendAsync(request)).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        await app.Services.GetRequiredService<AuditRecorder>().Flushed();
        await using var source = NpgsqlDataSource.Create(app.ConnectionString);
        await using var command = source.CreateCommand("select ip from ledger.access_log where tenant_id = $1 and status = 404");
        _ = command.Parameters.Add(new() { Value = tenant.Name });
        return (string?)await command.ExecuteScalarAsync();
    }
}

using Ledger.Api.Access;
using Ledger.Identity.Limits;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;

namespace Ledger.Api.Tests.Edge;

/// <summary>How much one address may guess.</summary>
[Collection("edge")]
public class UnknownCallerTests(EdgeApp edge)
{
    [Theory]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."), InlineData("lk_live_0123456789012345678901234567890123456789012")]
    public async Task Too_many_guesses_are_refused_and_close_no_door_to_who_is_somebody_at_the_same_address(string guess)
    {
        var key = await edge.Tenant.NewKey(new { name = "x", role = "admin" });
        var from = $"198.18.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}";
        (await Ask(guess, from)).ShouldBe(401);
        var limits = edge.App.Services.GetRequiredService<RateLimits>();
        for (var n = 1; n < UnknownCallers.Max; n++) _ = limits.Take("", from, "unknown caller", UnknownCallers.Max, edge.App.Services.GetRequiredService<IClock>().GetCurrentInstant());
        (await Ask(guess, from)).ShouldBe(429);
        (await Ask(key, from)).ShouldBe(200);
        (await Ask(guess, "198.19.0.1")).ShouldBe(401);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true), InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("::ffff:9.9.9.9", "9.9.9.9", true), InlineData("9.9.9.9", "9.9.9.8", false)]
    public void What_one_network_has_is_counted_as_one(string one, string other, bool isOne) =>
        (ClientAddress.ForLimits(System.Net.IPAddress.Parse(one)) == ClientAddress.ForLimits(System.Net.IPAddress.Parse(other))).ShouldBe(isOne);

    [Fact]
    public async Task Addresses_of_one_network_share_their_logins()
    {
        async Task<int> LogIn(string from)
        {
            using var http = new HttpClient();
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(edge.App.Address, "/api/v1/auth/sessions"));
            _ = request.Headers.TryAddWithoutValidation("X-Forwarded-For", from);
            request.Content = new StringContent(
                """{"grant":"password","email":"nobody@example.org","password":"not the right one"}""", System.Text.Encoding.UTF8, "application/json");
            return (int)(await http.SendAsync(request)).StatusCode;
        }

        var net = $"2001:db8:{Random.Shared.Next(1, 65535):x}:{Random.Shared.Next(1, 65535):x}";
        for (var n = 1; n <= 5; n++) (await LogIn($"{net}::{n}")).ShouldBeOneOf(401, 423);
        (await LogIn($"{net}::6")).ShouldBe(429);
    }

    [Fact]
    public async Task Who_is_somebody_is_not_counted()
    {
        var key = await edge.Tenant.NewKey(new { name = "x", role = "admin" });
        const string from = "198.18.254.254";
        for (var n = 0; n < 20; n++) (await Ask(key, from)).ShouldBe(200);
        var limits = edge.App.Services.GetRequiredService<RateLimits>();
        limits.Take("", from, "unknown caller", UnknownCallers.Max, edge.App.Services.GetRequiredService<IClock>().GetCurrentInstant()).Used.ShouldBe(1);
    }

    private async Task<int> Ask(string bearer, string from)
    {
        using var answer = await edge.Send(HttpMethod.Get, "/api/v1/customers", ("Authorization", $"Bearer {bearer}"), ("X-Forwarded-For", from));
        return (int)answer.StatusCode;
    }
}

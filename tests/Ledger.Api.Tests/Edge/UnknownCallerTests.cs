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
    public async Task Guesses_are_counted_before_anything_is_looked_up(string guess)
    {
        var from = $"198.18.{Random.Shared.Next(256)}.{Random.Shared.Next(256)}";
        (await Ask(guess, from)).ShouldBe(401);
        var limits = edge.App.Services.GetRequiredService<RateLimits>();
        for (var n = 1; n < UnknownCallers.Max; n++) _ = limits.Take("", from, "unknown caller", UnknownCallers.Max, edge.App.Services.GetRequiredService<IClock>().GetCurrentInstant());
        (await Ask(guess, from)).ShouldBe(429);
        (await Ask(guess, "198.19.0.1")).ShouldBe(401);
    }

    [Fact]
    public async Task Nothing_is_looked_up_for_an_address_that_has_guessed_too_often()
    {
        var (limits, clock) = (edge.App.Services.GetRequiredService<RateLimits>(), edge.App.Services.GetRequiredService<IClock>());
        var (unknown, looks) = (new UnknownCallers(limits, clock), 0);
        var http = new Microsoft.AspNetCore.Http.DefaultHttpContext { Connection = { RemoteIpAddress = System.Net.IPAddress.Parse("198.18.255.255") } };
        ValueTask<Caller?> Nobody()
        {
            looks++;
            return ValueTask.FromResult<Caller?>(null);
        }

        for (var n = 0; n < UnknownCallers.Max; n++) _ = await unknown.Look(http, Nobody);
        _ = await Should.ThrowAsync<Problems.ProblemException>(unknown.Look(http, Nobody).AsTask());
        looks.ShouldBe(UnknownCallers.Max);
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

namespace Ledger.Api.Tests.Fuzz;

/// <summary>The verdict on an answer, on answers that are wrong on purpose.</summary>
public class VerdictTests
{
    private static readonly FuzzCaller Caller = new("customer", "key", ["secret"]);

    [Theory]
    [InlineData(500, "application/problem+json", """{"code":"internal_error"}""")]
    [InlineData(503, "application/problem+json", """{"code":"unavailable"}""")]
    [InlineData(503, "application/problem+json", """{"code":"timed_out"}""")]
    [InlineData(404, "text/html", "<h1>Not Found</h1>"), InlineData(404, null, "")]
    [InlineData(400, "application/problem+json", """{"title":"Bad Request"}"""), InlineData(400, "application/problem+json", """{"code":"made_up"}"""), InlineData(400, "application/problem+json", "{")]
    [InlineData(200, "application/json", """{"name":"The Secret"}"""), InlineData(404, "application/problem+json", """{"code":"not_found","detail":"secret"}""")]
    public void It_finds_what_is_wrong(int status, string? type, string text) => Of(status, type, "", text).ShouldNotBeNull();

    [Fact]
    public void It_looks_into_headers() => Of(302, null, "Location: https://shop.example/secret", "").ShouldNotBeNull();

    [Theory]
    [InlineData(200, "application/json", "{}"), InlineData(404, "application/problem+json", """{"code":"not_found"}"""), InlineData(503, "application/problem+json", """{"code":"views_behind"}""")]
    public void It_lets_pass_what_is_right(int status, string? type, string text) => Of(status, type, "", text).ShouldBeNull();

    [Fact]
    public void A_footprint_tells_what_has_grown()
    {
        var before = new long[14];
        Footprint.Changed(before, before, 400).ShouldBeNull();
        Footprint.Changed(before, [1, .. before[1..]], 422).ShouldBe("public.mt_events");
        Footprint.Changed(before, [.. before[..^1], 1], 400).ShouldBe("ledger.idempotency");
        Footprint.Changed(before, [.. before[..^1], 1], 422).ShouldBeNull();   // It is kept as the answer to its key.
    }

    private static string? Of(int status, string? type, string headers, string text) =>
        Verdict.Of("GET", Caller, new(status, type, headers, text, IsOfKestrel: false));
}

using System.Net;

namespace Ledger.Api.Tests.Edge;

/// <summary>What anybody may ask for without showing who they are costs little, and has a limit.</summary>
public class DocumentationPageTests
{
    [Fact]
    public async Task The_openapi_document_is_made_once_and_known_by_its_tag()
    {
        await using var app = await LedgerApp.Start(runsWorkers: false);
        using var http = new HttpClient { BaseAddress = app.Address };
        var first = await http.GetAsync(new Uri("/api/v1/openapi.json", UriKind.Relative));
        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        var tag = first.Headers.ETag.ShouldNotBeNull();
        (await http.GetByteArrayAsync(new Uri("/api/v1/openapi.json", UriKind.Relative))).ShouldBe(await first.Content.ReadAsByteArrayAsync());

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/v1/openapi.json") { Headers = { IfNoneMatch = { tag } } };
        var same = await http.SendAsync(again);
        (same.StatusCode, (await same.Content.ReadAsByteArrayAsync()).Length).ShouldBe((HttpStatusCode.NotModified, 0));
    }

    [Theory]
    [InlineData("/api/v1/openapi.json"), InlineData("/docs/index.html"), InlineData("/docs/problems/not_found")]
    public async Task Pages_have_a_limit_for_an_address(string path)
    {
        await using var app = await LedgerApp.Start(runsWorkers: false);
        using var http = new HttpClient { BaseAddress = app.Address };
        for (var i = 0; i < 600; i++) (await http.GetAsync(new Uri(path, UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var over = await http.GetAsync(new Uri(path, UriKind.Relative));
        over.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        over.Headers.RetryAfter.ShouldNotBeNull();
    }
}

using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ledger.Api.Tests.Identity;

/// <summary>A server somewhere that has an issuer's keys.</summary>
internal sealed class PublishedKeys : IAsyncDisposable
{
    private readonly WebApplication server;
    private int asked;

    private PublishedKeys(WebApplication server) => this.server = server;

    public string Set { get; set; } = "";

    public int Status { get; set; } = 200;

    /// <summary>How often.</summary>
    public int Asked => asked;

    public Uri Url => new($"{server.Urls.First()}/keys");

    public static async Task<PublishedKeys> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        var published = new PublishedKeys(builder.Build());
        _ = published.server.MapGet("/keys", published.Answer);
        await published.server.StartAsync();
        return published;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private Task Answer(HttpContext http)
    {
        _ = Interlocked.Increment(ref asked);
        http.Response.StatusCode = Status;
        return http.Response.WriteAsync(Set);
    }
}

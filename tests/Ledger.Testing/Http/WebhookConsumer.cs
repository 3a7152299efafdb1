using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Ledger.Testing.Http;

/// <summary>Somebody outside who is told things over HTTP, notes all of it, and answers as a test says.</summary>
public sealed class WebhookConsumer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Told>> told = new();
    private readonly ConcurrentDictionary<string, Func<HttpContext, int, Task>> answers = new();

    private WebhookConsumer(WebApplication app) => this.app = app;

    public static async Task<WebhookConsumer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        _ = builder.Logging.ClearProviders();
        _ = builder.WebHost.UseUrls("http://127.0.0.1:0");
        var consumer = new WebhookConsumer(builder.Build());
        consumer.app.Run(consumer.Hear);
        await consumer.app.StartAsync();
        return consumer;
    }

    /// <summary>An address of this consumer.</summary>
    public Uri At(string path) => new(new Uri(app.Urls.First()), path);

    /// <summary>What was told at a path, in the order in which it came.</summary>
    public IReadOnlyList<Told> Heard(string path) => [.. told.GetValueOrDefault(path, [])];

    public int Count => told.Values.Sum(one => one.Count);

    /// <summary>Answers from now on by this status at a path.</summary>
    public void Answer(string path, int status) => Answer(path, (http, _) => { http.Response.StatusCode = status; return Task.CompletedTask; });

    /// <param name="answer">Given what came, and how often something has come to the path by now.</param>
    public void Answer(string path, Func<HttpContext, int, Task> answer) => answers[path] = answer;

    /// <summary>Waits until so much was told at a path.</summary>
    public async Task<IReadOnlyList<Told>> Wait(string path, int count)
    {
        for (var tries = 0; tries < 1200; tries++)
        {
            if (Heard(path) is { } all && all.Count >= count) return all;
            await Task.Delay(25);
        }

        throw new TimeoutException($"{Heard(path).Count} of {count} came to {path}: {string.Join(", ", Heard(path).Select(one => one.Body))}");
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync(new CancellationToken(canceled: true));
        await app.DisposeAsync();
    }

    private async Task Hear(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body);
        var body = await reader.ReadToEndAsync();
        var path = http.Request.Path.Value!;
        var all = told.GetOrAdd(path, _ => new());
        all.Enqueue(new(DateTimeOffset.UtcNow, body, http.Request.Headers.ToDictionary(one => one.Key.ToLowerInvariant(), one => one.Value.ToString())));
        if (answers.TryGetValue(path, out var answer)) await answer(http, all.Count);
    }
}

/// <summary>What a consumer was told.</summary>
public sealed record Told(DateTimeOffset At, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>Its public name, in whichever format.</summary>
    public string Type => (Json["type"] ?? Json["event"])!.GetValue<string>();

    public string Id => Headers["webhook-id"];

    public long Sequence => long.Parse(Headers["ledger-sequence"], System.Globalization.CultureInfo.InvariantCulture);

    public string Subject => Headers["ledger-subject"];
}

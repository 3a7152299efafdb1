using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ledger.Api.Events;

/// <summary>The feed as server-sent events: <c>id</c> is the position, so that a client that lost its connection goes on where it was.</summary>
/// <remarks>
/// Of two events that come of one position only the last has the id: a client never goes on between them. Who reads is looked up
/// again with each page, and whoever may not read any more has no more of it. The stream ends after some minutes in any case.
/// </remarks>
internal sealed class FeedStream(PublicFeed feed, Callers callers, FeedWanted wanted, long after, int limit, CancellationToken stopping) : IResult
{
    public const string ContentType = "text/event-stream";

    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10), Lasts = TimeSpan.FromMinutes(5);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, stopping);
        var began = System.Diagnostics.Stopwatch.StartNew();
        await Write(response, "retry: 1000\n\n", end.Token);
        try
        {
            while (began.Elapsed < Lasts)
            {
                var page = await feed.Wait(wanted, after, limit, Heartbeat, end.Token);
                if (!await MayGoOn(httpContext)) break;
                await Write(response, Text(page), end.Token);
                after = page.Position;
            }
        }
        catch (OperationCanceledException) { }
    }

    /// <summary>Whether the key or the session that it was asked with is still good for it.</summary>
    private async Task<bool> MayGoOn(HttpContext http)
    {
        var rule = http.GetEndpoint()!.Metadata.GetMetadata<AccessRule>()!;
        try
        {
            return await callers.Again(http) is { } caller && rule.Refusal(caller) is null
                && http.Features.Get<Caller>() is { } before && (before.Kind, before.Id) == (caller.Kind, caller.Id);
        }
        catch (ProblemException) { return false; }
    }

    /// <summary>What is in a page; where nothing is, a comment that says how far it was looked.</summary>
    private static string Text(FeedPage page)
    {
        var text = new StringBuilder();
        for (var i = 0; i < page.Data.Count; i++)
        {
            var one = page.Data[i];
            if (i + 1 == page.Data.Count || page.Data[i + 1].Position != one.Position) _ = text.Append(CultureInfo.InvariantCulture, $"id: {one.Position}\n");
            _ = text.Append(CultureInfo.InvariantCulture, $"event: {one.Type}\ndata: {JsonSerializer.Serialize(one, LedgerJson.Options)}\n\n");
        }

        return text.Length > 0 ? text.ToString() : string.Create(CultureInfo.InvariantCulture, $": {page.Position}\n\n");
    }

    private static async Task Write(HttpResponse response, string text, CancellationToken ct)
    {
        await response.WriteAsync(text, ct);
        await response.Body.FlushAsync(ct);
    }
}

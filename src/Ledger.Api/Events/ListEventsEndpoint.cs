using System.Globalization;
using Ledger.Domain.PublicEvents;
using Ledger.EventStore.Feed;

namespace Ledger.Api.Events;

internal static class ListEventsEndpoint
{
    private const int LimitUsual = 100, LimitMax = 500, WaitMax = 20;

    public static void MapEvents(this IEndpointRouteBuilder api) => api.MapGroup("/events").WithTags("Webhooks").MapGet("/", List)
        .Is("listEvents", "What has happened, in the order of the log and without gaps, from a position on. Waits for more where asked; as text/event-stream it does not end.", Who.CustomerOwn)
        .Produces<FeedPage>();

    private static async Task<IResult> List(HttpContext http, Call call, PublicFeed feed, EventFeed log, Callers callers, IHostApplicationLifetime life, CancellationToken ct)
    {
        var types = Types(http);
        var after = Number(http, "after", 0, long.MaxValue, 0);
        var limit = (int)Number(http, "limit", 1, LimitMax, LimitUsual);
        var wait = TimeSpan.FromSeconds(Number(http, "wait", 0, WaitMax, 0));
        var wanted = new FeedWanted(call.Tenant, types, call.Caller.Customer);
        var isStream = http.Request.Headers.Accept.ToString().Contains(FeedStream.ContentType, StringComparison.OrdinalIgnoreCase);
        if (isStream && http.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last)
        {
            Check.That(long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var seen), "Last-Event-ID", "not_a_position", "The id of an event of this stream.").OrRefuse();
            after = seen;
        }

        if (after > await log.Head(ct)) throw new ProblemException(Problem.PositionAhead);
        if (!isStream) return TypedResults.Json(await feed.Wait(wanted, after, limit, wait, ct), LedgerJson.Options);
        return new FeedStream(feed, callers, wanted, after, limit, life.ApplicationStopping);
    }

    private static HashSet<string>? Types(HttpContext http)
    {
        var text = http.Request.Query["types"].ToString();
        if (text.Length == 0) return null;
        var types = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
        Check.That(types.Count > 0 && types.All(PublicNames.Has), "types", "unknown_value", $"Of: {string.Join(", ", PublicNames.All)}.").OrRefuse();
        return types;
    }

    private static long Number(HttpContext http, string name, long least, long most, long usual)
    {
        var text = http.Request.Query[name].ToString();
        if (text.Length == 0) return usual;
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        Check.That(isNumber && number >= least && number <= most, name, "out_of_range", $"A whole number from {least.ToString(CultureInfo.InvariantCulture)} to {most.ToString(CultureInfo.InvariantCulture)}.").OrRefuse();
        return number;
    }
}

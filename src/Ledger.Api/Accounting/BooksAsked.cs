using System.Globalization;
using System.Reflection;

namespace Ledger.Api.Accounting;

/// <summary>Which books are asked for: up to a position of the log, as of an instant, up to a day; else all there is, up to today.</summary>
/// <param name="At">Of that day, what was true by then; null for all of it.</param>
internal sealed record BooksAsked(long Position, LocalDate Day, Instant? At)
{
    public static async ValueTask<BooksAsked> BindAsync(HttpContext http, ParameterInfo _)
    {
        var call = await Call.BindAsync(http, _);
        var (position, asOf, day) = (Filter.Text(http, "position"), await AsOf.BindAsync(http, _), Filter.Date(http, "on"));
        var number = 0L;
        Check.That(position is null || long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out number), "position", "not_a_number", "A position of the log.")
            .And(position is null || asOf.IsNow, "as_of", "either_or", "Either a position or an instant.").OrRefuse();

        var head = position is null ? asOf.Position ?? await http.RequestServices.GetRequiredService<EventStore.Feed.EventFeed>().Head(http.RequestAborted) : number;
        if (asOf.Instant is not { } at) return new(head, day ?? call.Today, null);
        var then = call.Caller.Tenant.DateOf(at);
        return day < then ? new(head, day.Value, null) : new(head, then, at);
    }
}

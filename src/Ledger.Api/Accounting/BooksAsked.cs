using System.Globalization;
using System.Reflection;
using Ledger.EventStore.Feed;
using Ledger.Projections.Accounting;

namespace Ledger.Api.Accounting;

/// <summary>Which books are asked for: up to a position of the log, or as of an instant, and up to a day; else all there is, up to today.</summary>
internal sealed record BooksAsked(long Position, LocalDate Day)
{
    public static async ValueTask<BooksAsked> BindAsync(HttpContext http, ParameterInfo _)
    {
        var call = await Call.BindAsync(http, _);
        var (position, instant, day) = (Filter.Text(http, "position"), await AsOf.BindAsync(http, _), Filter.Date(http, "on"));
        var number = 0L;
        Check.That(position is null || long.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out number), "position", "not_a_number", "A position of the log.")
            .And(position is null || instant.Instant is null, "as_of", "either_or", "Either a position or an instant.")
            .And(instant.Instant is null || instant.Instant <= call.Now, "as_of", "in_the_future", "An instant that has come, by the tenant's clock.").OrRefuse();

        if (instant.Instant is { } at)
            return new(await http.RequestServices.GetRequiredService<TrialBalance>().PositionAt(call.Tenant, at, http.RequestAborted), day ?? call.Caller.Tenant.DateOf(at));
        return new(
            position is null ? await http.RequestServices.GetRequiredService<EventFeed>().Head(http.RequestAborted) : number, day ?? call.Today);
    }
}

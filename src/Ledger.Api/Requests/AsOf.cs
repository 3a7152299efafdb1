using System.Globalization;
using System.Reflection;
using Ledger.Application.Tenancy;
using Ledger.EventStore.Audit;
using Ledger.EventStore.Feed;
using Ledger.Projections.Reports;
using NodaTime.Text;

namespace Ledger.Api.Requests;

/// <summary>
/// As of when something is asked for, <c>as_of</c>, and as known when, <c>known_at</c>. Each is an instant, or a position of the log;
/// without them it is now.
/// </summary>
/// <param name="Instant">What was true by then, by the tenant's clock.</param>
/// <param name="Position">What was in the log up to here.</param>
public sealed record AsOf(Instant? Instant, long? Position)
{
    private static readonly Instant Earliest = NodaTime.Instant.FromUtc(1900, 1, 1, 0, 0);

    public bool IsNow => this is { Instant: null, Position: null };

    /// <summary>The date in the tenant's zone that it is asked for.</summary>
    internal LocalDate Day(Call call) => Instant is { } at ? call.Caller.Tenant.DateOf(at) : call.Today;

    internal ReportTime Time => new(Instant, Position ?? long.MaxValue);

    public static async ValueTask<AsOf> BindAsync(HttpContext http, ParameterInfo _)
    {
        var (asOf, known) = (Read(http, "as_of"), Read(http, "known_at"));
        if (asOf is null && known is null) return new(null, null);

        var (caller, ct) = (http.Features.Get<Caller>()!, http.RequestAborted);
        var now = await http.RequestServices.GetRequiredService<Tenants>().Now(caller.Tenant, ct);
        var head = await http.RequestServices.GetRequiredService<EventFeed>().Head(ct);
        Check.That(!(asOf?.At > now), "as_of", "in_the_future", "An instant that has come, by the tenant's clock.")
            .And(!(known?.At > SystemClock.Instance.GetCurrentInstant()), "known_at", "in_the_future", "An instant that has come.")
            .And(!(asOf?.Position > head), "as_of", "beyond_the_log", "A position that the log has reached.")
            .And(!(known?.Position > head), "known_at", "beyond_the_log", "A position that the log has reached.").OrRefuse();

        if (http.GetEndpoint()?.Metadata.GetMetadata<Paged>() is not null)
        {
            Check.That(http.Request.Query["include"].Count == 0, "include", "not_of_another_time", "A list as it was is not counted.")
                .And(http.Request.Query["offset"].ToString() is "" or "0", "offset", "not_of_another_time", "A list as it was goes on by its cursor.").OrRefuse();
        }

        var position = known?.At is { } at
            ? await http.RequestServices.GetRequiredService<EventSearch>().PositionBefore(caller.TenantName, at + Duration.FromTicks(10), ct)
            : known?.Position;
        return new(asOf?.At, asOf?.Position < position || position is null ? asOf?.Position ?? position : position);
    }

    private static (Instant? At, long? Position)? Read(HttpContext http, string name)
    {
        if (Filter.Text(http, name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) return (null, position);
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        Check.That(parsed.Success && parsed.Value >= Earliest, name, "not_an_instant", "An instant in UTC, as 2026-03-10T09:30:00Z, or a position of the log.").OrRefuse();
        return (parsed.Value, null);
    }
}

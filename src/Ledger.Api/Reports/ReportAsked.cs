using System.Reflection;
using Ledger.Projections.Reports;

namespace Ledger.Api.Reports;

/// <summary>
/// Which days a report is of, <c>from</c> and <c>to</c>, and as of when. Without days: the month of that moment, up to its day.
/// </summary>
internal sealed record ReportAsked(Call Call, ReportPeriod Period)
{
    private const int DaysMax = 3660;

    private static readonly LocalDate Earliest = new(2000, 1, 1);

    public ReportWanted Wanted => new(Call.Tenant, Period);

    public static async ValueTask<ReportAsked> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var call = await Call.BindAsync(http, parameter);
        var asOf = await AsOf.BindAsync(http, parameter);
        var day = call.Caller.Tenant.DateOf(asOf.Instant ?? call.Now);
        var (from, to) = (Filter.Date(http, "from"), Filter.Date(http, "to"));
        var last = to ?? (from > day ? from.Value : day);
        var first = from ?? new LocalDate(last.Year, last.Month, 1);
        Check.That(first <= last, "from", "after_to", "Not after the last day.")
            .And(first >= Earliest, "from", "out_of_range", $"Not before {Earliest:R}.")
            .And(last <= day.PlusYears(1), "to", "out_of_range", "At most a year ahead.")
            .And(first > last || NodaTime.Period.DaysBetween(first, last) < DaysMax, "from", "too_long", $"At most {DaysMax} days.").OrRefuse();
        return new(call, new(first, last, call.Caller.Tenant.Zone, asOf.Time, call.Now));
    }
}

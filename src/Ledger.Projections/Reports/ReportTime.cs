using Ledger.Projections.Figures;

namespace Ledger.Projections.Reports;

/// <summary>As of when, and as known when, a report is asked for.</summary>
/// <param name="AsOf">What was true by then, by the tenant's clock; null for all.</param>
/// <param name="Position">What was in the log up to here.</param>
public sealed record ReportTime(Instant? AsOf, long Position)
{
    private static readonly Duration Least = Duration.FromTicks(10);   // Instants are kept to the microsecond.

    /// <summary>All there is.</summary>
    public static ReportTime Latest { get; } = new(null, long.MaxValue);

    internal Instant? Until => AsOf + Least;

    /// <summary>The first instant that counts no more, where now is the last that does.</summary>
    internal Instant End(Instant now) => (AsOf ?? now) + Least;

    /// <summary>All that had happened.</summary>
    internal FigureSpan All => new(null, Until, Position);
}

/// <summary>The days a report is about.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Zone">Where days begin.</param>
/// <param name="Now">By the tenant's clock.</param>
public sealed record ReportPeriod(LocalDate From, LocalDate To, DateTimeZone Zone, ReportTime Time, Instant Now)
{
    /// <summary>As of when the report is.</summary>
    public Instant AsOf => Time.AsOf ?? Now;

    internal Instant Start => BusinessTime.StartOf(From, Zone);

    internal Instant End => BusinessTime.StartOf(To.PlusDays(1), Zone);

    /// <summary>What happened in the period.</summary>
    internal FigureSpan Within => new(Start, Earlier(End), Time.Position);

    /// <summary>What had happened before it began.</summary>
    internal FigureSpan Before => new(null, Earlier(Start), Time.Position);

    /// <summary>What had happened when it ended.</summary>
    internal FigureSpan ToItsEnd => new(null, Earlier(End), Time.Position);

    /// <summary>The dimensions of its days.</summary>
    internal (string, string) Days => (Dimensions.Of(From), Dimensions.Of(To.PlusDays(1)));

    private Instant Earlier(Instant instant) => Time.Until is { } until && until < instant ? until : instant;
}

internal static class MonthName
{
    /// <summary>As <c>2026-01</c>.</summary>
    public static string Of(LocalDate day) => day.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture);
}

/// <summary>Shares in percent.</summary>
public static class Percent
{
    /// <summary>With one decimal, half away from zero; 0.0 of nothing.</summary>
    public static decimal Of(long part, long whole) => whole == 0 ? 0.0m : decimal.Round(part * 100m / whole, 1, MidpointRounding.AwayFromZero) + 0.0m;
}

/// <summary>A report that is also a table, for spreadsheets.</summary>
public interface ITabularReport
{
    /// <summary>Its rows, all of one type.</summary>
    IEnumerable<object> Rows { get; }
}

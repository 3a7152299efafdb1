using System.Text.Json.Serialization;

namespace Ledger.Domain.Time;

/// <summary>
/// The days that one charge is for, in the tenant's zone, half open: the last day is the one before <c>Until</c>.
/// </summary>
/// <remarks>Never empty. JSON: <c>{"from":"2026-01-31","until":"2026-02-28"}</c>.</remarks>
[method: JsonConstructor]
public readonly record struct BillingPeriod(LocalDate From, LocalDate Until)
{
    public LocalDate From { get; } = From;

    public LocalDate Until { get; } = From < Until
        ? Until
        : throw new ArgumentException($"A period from {From:R} cannot end on {Until:R}.", nameof(Until));

    /// <summary>Calendar days, however many hours the clocks make of each.</summary>
    [JsonIgnore]
    public int Days => Period.DaysBetween(From, Until);

    /// <exception cref="ArgumentException"><paramref name="until"/> is not after <paramref name="from"/>.</exception>
    public static BillingPeriod Create(LocalDate from, LocalDate until) => new(from, until);

    public bool Contains(LocalDate date) => From <= date && date < Until;

    /// <summary>ISO 8601 interval of dates: <c>2026-01-31/2026-02-28</c>.</summary>
    public override string ToString() => $"{From:R}/{Until:R}";
}

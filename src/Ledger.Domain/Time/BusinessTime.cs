using NodaTime.TimeZones;

namespace Ledger.Domain.Time;

/// <summary>Between instants and the dates of a tenant, by the rules of its IANA zone.</summary>
public static class BusinessTime
{
    private static readonly ZoneLocalMappingResolver EveryTimeExists =
        Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    public static LocalDate DateOf(Instant instant, DateTimeZone zone) => instant.InZone(zone).Date;

    /// <summary>
    /// When it is that time on that date. What is due at 06:00 is due once every day, whatever the clocks do.
    /// </summary>
    /// <remarks>
    /// A time that the clocks skip is the moment they go on; of a time that comes twice it is the earlier.
    /// </remarks>
    public static Instant InstantOf(LocalDate date, LocalTime time, DateTimeZone zone) =>
        zone.ResolveLocal(date.At(time), EveryTimeExists).ToInstant();

    /// <summary>The date itself, or, where the place has skipped it, the next one that it has.</summary>
    /// <remarks>Samoa has no 30 December 2011: nothing is issued or due there on that day, and no period begins or ends on it.</remarks>
    public static LocalDate Existing(LocalDate date, DateTimeZone zone) => LocalDate.Max(date, DateOf(StartOf(date, zone), zone));

    /// <summary>The first moment of the date, which is not midnight where the clocks skip it.</summary>
    public static Instant StartOf(LocalDate date, DateTimeZone zone) => InstantOf(date, LocalTime.Midnight, zone);
}

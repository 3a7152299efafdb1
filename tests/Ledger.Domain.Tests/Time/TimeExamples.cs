using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using NodaTime.Text;

namespace Ledger.Domain.Tests.Time;

/// <summary>Dates by hand, and calendars by chance.</summary>
internal static class TimeExamples
{
    /// <summary>Month ends and leap days more often than chance would have them.</summary>
    public static readonly Gen<LocalDate> AnyDate = Gen.OneOf(
        Gen.Choose(0, 20_000).Select(days => new LocalDate(1999, 12, 1).PlusDays(days)),
        Gen.Choose(0, 600).Select(months => new LocalDate(2000, 1, 31).PlusMonths(months)),
        Gen.Choose(0, 10).Select(leaps => new LocalDate(2000, 2, 29).PlusYears(4 * leaps)));

    public static readonly Gen<Frequency> AnyFrequency =
        from count in Gen.Choose(1, 14)
        from unit in Gen.Elements(Enum.GetValues<FrequencyUnit>())
        select new Frequency(count, unit);

    public static readonly Gen<BillingAnchor> AnyAnchor =
        from start in AnyDate
        from day in Gen.Choose(-31, 31)
        select new BillingAnchor(start, day > 0 ? day : null);

    public static LocalDate Day(string date) => LocalDatePattern.Iso.Parse(date).Value;

    public static Instant At(string instant) => InstantPattern.General.Parse(instant).Value;

    public static DateTimeZone Zone(string id) => DateTimeZoneProviders.Tzdb[id];

    public static decimal Number(string number) => decimal.Parse(number, CultureInfo.InvariantCulture);
}

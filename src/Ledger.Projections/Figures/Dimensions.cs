using System.Globalization;
using NodaTime.Text;

namespace Ledger.Projections.Figures;

/// <summary>A dimension that begins with a day: in the order of days, so that a span of days is a span of dimensions.</summary>
internal static class Dimensions
{
    public static string Of(LocalDate day, string kind) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " " + kind;

    public static string Of(LocalDate day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static (LocalDate Day, string Kind) Read(string dimension) => (LocalDatePattern.Iso.Parse(dimension[..10]).Value, dimension.Length > 11 ? dimension[11..] : "");
}

using System.Text.Json;

namespace Ledger.Decisions.Json;

/// <summary>A time zone by its IANA id.</summary>
internal sealed class ZoneJson : TextJson<DateTimeZone>
{
    protected override DateTimeZone FromText(string text)
    {
        // The provider also makes zones of fixed offset ("UTC+05"); those are not places, and know no summer time.
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(text);
        return zone is null || (text.StartsWith("UTC", StringComparison.Ordinal) && text != "UTC")
            ? throw new JsonException("The text is not the id of an IANA time zone.")
            : zone;
    }

    protected override string ToText(DateTimeZone value) => value.Id;
}

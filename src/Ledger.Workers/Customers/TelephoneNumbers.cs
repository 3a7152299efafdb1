using System.Text;
using NodaTime.TimeZones;
using PhoneNumbers;

namespace Ledger.Workers.Customers;

/// <summary>Telephone numbers in one form, so that two ways to write one are one, and two numbers never are.</summary>
/// <remarks>A number without a country is one of the country of the tenant's time zone.</remarks>
public static class TelephoneNumbers
{
    private const string Nowhere = "ZZ";
    private const int TailLength = 6;

    private static readonly Lazy<Dictionary<string, string>> Countries = new(() =>
        (TzdbDateTimeZoneSource.Default.ZoneLocations ?? []).GroupBy(one => one.ZoneId)
            .ToDictionary(one => one.Key, one => one.First().CountryCode, StringComparer.Ordinal));

    /// <summary>As E.164 has it, <c>+3547771234</c>; the digits alone where no country is known. Null for what has no digits.</summary>
    public static string? Normal(string? text, DateTimeZone zone)
    {
        if (text is null) return null;
        if (Read(text, RegionOf(zone)) is { } number) return PhoneNumberUtil.GetInstance().Format(number, PhoneNumberFormat.E164);
        var plain = text.Normalize(NormalizationForm.FormKC).Trim();
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : plain.StartsWith('+') ? $"+{digits}" : digits;
    }

    /// <summary>The last digits, the same with and without a country: to find what may be the same number.</summary>
    public static string? Tail(string? text)
    {
        if (text is null) return null;
        var digits = Read(text, "US") is { } number
            ? PhoneNumberUtil.GetInstance().GetNationalSignificantNumber(number)
            : string.Concat(text.Normalize(NormalizationForm.FormKC).Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : digits[^Math.Min(TailLength, digits.Length)..];
    }

    private static PhoneNumber? Read(string text, string region)
    {
        try { return PhoneNumberUtil.GetInstance().Parse(text.Normalize(NormalizationForm.FormKC), region); }
        catch (NumberParseException) { return null; }
    }

    private static string RegionOf(DateTimeZone zone) =>
        Countries.Value.GetValueOrDefault(zone.Id)
        ?? (TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(zone.Id, out var canonical)
            ? Countries.Value.GetValueOrDefault(canonical) : null)
        ?? Nowhere;
}

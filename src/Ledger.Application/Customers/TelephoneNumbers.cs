using Ledger.Gateways.Entered;
using NodaTime.TimeZones;
using PhoneNumbers;

namespace Ledger.Application.Customers;

/// <summary>Telephone numbers in one form, so that two ways to write one are one, and two numbers never are.</summary>
/// <remarks>A number without a country is one of the country of the tenant's time zone.</remarks>
public static class TelephoneNumbers
{
    /// <summary>For a sentence: what is wrong with a text that is no number.</summary>
    public const string Reason = "A telephone number as +354 555 1234: 5 to 15 digits, blanks and signs between them.";

    private const string Signs = " ()-./+\u00a0";
    private const int DigitsMin = 5, DigitsMax = 15;
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
        var plain = EnteredText.Compatible(text).Trim();
        var digits = string.Concat(plain.Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : plain.StartsWith('+') ? $"+{digits}" : digits;
    }

    /// <summary>Whether it can be called at all: what is accepted where it is entered can be written to.</summary>
    public static bool IsValid(string text)
    {
        var plain = EnteredText.Compatible(text).Trim();
        if (!plain.All(letter => char.IsAsciiDigit(letter) || Signs.Contains(letter, StringComparison.Ordinal)) || plain.LastIndexOf('+') > 0) return false;
        return plain.Count(char.IsAsciiDigit) is >= DigitsMin and <= DigitsMax;
    }

    /// <summary>The last digits, the same with and without a country: to find what may be the same number.</summary>
    public static string? Tail(string? text)
    {
        if (text is null) return null;
        var digits = Read(text, "US") is { } number
            ? PhoneNumberUtil.GetInstance().GetNationalSignificantNumber(number)
            : string.Concat(EnteredText.Compatible(text).Where(char.IsAsciiDigit));
        return digits.Length == 0 ? null : digits[^Math.Min(TailLength, digits.Length)..];
    }

    private static PhoneNumber? Read(string text, string region)
    {
        try { return PhoneNumberUtil.GetInstance().Parse(EnteredText.Compatible(text), region); }
        catch (NumberParseException) { return null; }
    }

    private static string RegionOf(DateTimeZone zone) =>
        Countries.Value.GetValueOrDefault(zone.Id)
        ?? (TzdbDateTimeZoneSource.Default.CanonicalIdMap.TryGetValue(zone.Id, out var canonical)
            ? Countries.Value.GetValueOrDefault(canonical) : null)
        ?? Nowhere;
}

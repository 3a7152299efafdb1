using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Ledger.Decisions.Json;

namespace Ledger.Domain.Time;

public enum FrequencyUnit { Day, Week, Month, Year }

/// <summary>How often something is charged: every so many days, weeks, months or years.</summary>
/// <remarks>
/// Text and JSON: <c>daily</c>, <c>weekly</c>, <c>monthly</c>, <c>quarterly</c>, <c>yearly</c>, or
/// <c>every_2_weeks</c> and the like, the unit always in the plural. Twelve months and one year bill on the same
/// days, yet are not equal.
/// </remarks>
/// <param name="Count">From 1 to <see cref="CountMax"/>.</param>
[JsonConverter(typeof(ParsableJson<Frequency>))]
public sealed record Frequency(int Count, FrequencyUnit Unit) : IParsable<Frequency>
{
    public const int CountMax = 999;

    /// <summary>The longest that may be offered: no price of today is good for longer.</summary>
    public const int OfferedYearsMax = 10;

    public static Frequency Daily { get; } = new(1, FrequencyUnit.Day);
    public static Frequency Weekly { get; } = new(1, FrequencyUnit.Week);
    public static Frequency Monthly { get; } = new(1, FrequencyUnit.Month);
    public static Frequency Quarterly { get; } = new(3, FrequencyUnit.Month);
    public static Frequency Yearly { get; } = new(1, FrequencyUnit.Year);

    private static readonly (string Name, Frequency Frequency)[] Named =
    [
        ("daily", Daily), ("weekly", Weekly), ("monthly", Monthly), ("quarterly", Quarterly), ("yearly", Yearly),
    ];

    private static readonly (string Name, FrequencyUnit Unit)[] Units =
    [
        ("days", FrequencyUnit.Day), ("weeks", FrequencyUnit.Week),
        ("months", FrequencyUnit.Month), ("years", FrequencyUnit.Year),
    ];

    public int Count { get; } = Count is >= 1 and <= CountMax
        ? Count
        : throw new ArgumentOutOfRangeException(nameof(Count), Count, $"From 1 to {CountMax}.");

    public FrequencyUnit Unit { get; } = Enum.IsDefined(Unit)
        ? Unit
        : throw new ArgumentOutOfRangeException(nameof(Unit), Unit, "Not a unit of time that is billed by.");

    /// <summary>Whether it may be offered: nothing is charged less often than every <see cref="OfferedYearsMax"/> years.</summary>
    public bool MayBeOffered => Unit switch
    {
        FrequencyUnit.Day => Count <= 365 * OfferedYearsMax,
        FrequencyUnit.Week => Count <= 52 * OfferedYearsMax,
        FrequencyUnit.Month => Count <= 12 * OfferedYearsMax,
        FrequencyUnit.Year => Count <= OfferedYearsMax,
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// What a price charged this often is worth a month, half away from zero. A year has 52 weeks, or 365 days.
    /// </summary>
    public Money MonthlyValue(Money price)
    {
        var unitsPerYear = Unit switch
        {
            FrequencyUnit.Day => 365,
            FrequencyUnit.Week => 52,
            FrequencyUnit.Month => 12,
            FrequencyUnit.Year => 1,
            _ => throw new UnreachableException(),
        };
        return price with { Amount = Money.RoundHalfAway((Int128)price.Amount * unitsPerYear, 12 * Count) };
    }

    /// <exception cref="FormatException">Not a frequency; see the remarks on the type.</exception>
    public static Frequency Parse(string text) =>
        TryParse(text, out var frequency) ? frequency : throw new FormatException("The text is not a frequency.");

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Frequency? frequency)
    {
        frequency = Named.FirstOrDefault(named => named.Name == text).Frequency ?? ParseCounted(text);
        return frequency is not null;
    }

    private static Frequency? ParseCounted(string? text)
    {
        if (text?.Split('_') is not ["every", var digits, var name] || digits.StartsWith('0')) return null;
        if (!int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count)) return null;

        var known = Units.Where(unit => unit.Name == name).ToArray();
        return count <= CountMax && known is [var (_, found)] ? new Frequency(count, found) : null;
    }

    static Frequency IParsable<Frequency>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Frequency>.TryParse(
        string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out Frequency result) => TryParse(s, out result);

    public override string ToString() =>
        Named.FirstOrDefault(named => named.Frequency == this).Name
            ?? $"every_{Count}_{Units.Single(unit => unit.Unit == Unit).Name}";
}

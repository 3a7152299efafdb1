using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;
using Ledger.Decisions.Json;

namespace Ledger.Domain.Amounts;

/// <summary>
/// A share of an amount, exact: 0.24 is 24 %. From 0 to 1, both included, with at most six decimals.
/// </summary>
/// <remarks>JSON: a decimal string, <c>"0.24"</c>, because a JSON number may lose a digit on its way.</remarks>
[JsonConverter(typeof(ParsableJson<TaxRate>))]
public readonly record struct TaxRate : IParsable<TaxRate>, IComparable<TaxRate>
{
    /// <summary>What <see cref="Millionths"/> of the whole are.</summary>
    internal const int MillionthsOfWhole = 1_000_000;

    private const int TextLengthMax = 8;   // 0.123456

    private TaxRate(decimal value) => Value = value;

    /// <summary>Without zeros at the end.</summary>
    public decimal Value { get; }

    internal int Millionths => (int)(Value * MillionthsOfWhole);

    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1, or more than six decimals.</exception>
    public static TaxRate Of(decimal value) =>
        value is >= 0 and <= 1 && decimal.Round(value, 6) == value
            ? new TaxRate(value / 1.000000000000000000000000000m)   // Dividing by one strips the zeros.
            : throw new ArgumentOutOfRangeException(nameof(value), value, "From 0 to 1, with at most six decimals.");

    /// <exception cref="FormatException">Not a plain decimal from 0 to 1 with at most six decimals.</exception>
    public static TaxRate Parse(string text) =>
        TryParse(text, out var rate) ? rate : throw new FormatException("The text is not a tax rate such as 0.24.");

    /// <summary>Digits and a point, nothing else: no sign, no percent, no exponent.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out TaxRate rate)
    {
        rate = default;
        if (text is not { Length: > 0 and <= TextLengthMax } || text[0] == '.' || text[^1] == '.') return false;
        if (!decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            || value > 1 || value.Scale > 6) return false;

        rate = Of(value);
        return true;
    }

    static TaxRate IParsable<TaxRate>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<TaxRate>.TryParse(string? s, IFormatProvider? provider, out TaxRate result) =>
        TryParse(s, out result);

    public static bool operator <(TaxRate a, TaxRate b) => a.Value < b.Value;
    public static bool operator >(TaxRate a, TaxRate b) => a.Value > b.Value;
    public static bool operator <=(TaxRate a, TaxRate b) => a.Value <= b.Value;
    public static bool operator >=(TaxRate a, TaxRate b) => a.Value >= b.Value;

    public int CompareTo(TaxRate other) => Value.CompareTo(other.Value);

    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

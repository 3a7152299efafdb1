using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Ledger.Decisions.Json;

namespace Ledger.Domain.Amounts;

/// <summary>A currency by its ISO 4217 code, which is its text and its JSON: <c>ISK</c>, in upper case.</summary>
/// <remarks>The default value is <c>XXX</c>, no currency at all; it cannot be parsed.</remarks>
[JsonConverter(typeof(ParsableJson<Currency>))]
public readonly record struct Currency : IParsable<Currency>
{
    private static readonly FrozenDictionary<string, Currency> ByCode = Enumerable
        .Range(1, Iso4217.Entries.Length - 1).Select(place => new Currency((byte)place))
        .ToFrozenDictionary(currency => currency.Code, StringComparer.Ordinal);

    /// <summary>In <see cref="Iso4217.Entries"/>. One byte, so comparing two currencies costs nothing.</summary>
    private readonly byte place;

    private Currency(byte place) => this.place = place;

    /// <summary>Every currency, by code.</summary>
    public static IReadOnlyList<Currency> All { get; } =
        [.. ByCode.Values.OrderBy(currency => currency.Code, StringComparer.Ordinal)];

    public string Code => Iso4217.Entries[place].Code;

    /// <summary>How many decimals the major unit has: 2 for DKK, 0 for ISK, 3 for KWD.</summary>
    public int Exponent => Iso4217.Entries[place].Exponent;

    /// <summary>How many minor units make one major unit: 100 for DKK, 1 for ISK.</summary>
    internal int MinorPerMajor => Exponent switch { 0 => 1, 2 => 100, 3 => 1000, _ => 10_000 };

    /// <exception cref="FormatException">No currency of ISO 4217 has this code, or it is not in upper
    /// case.</exception>
    public static Currency Parse(string code) =>
        TryParse(code, out var currency) ? currency : throw new FormatException("The text is not an ISO 4217 code.");

    public static bool TryParse([NotNullWhen(true)] string? code, out Currency currency)
    {
        currency = default;
        return code is not null && ByCode.TryGetValue(code, out currency);
    }

    static Currency IParsable<Currency>.Parse(string s, IFormatProvider? provider) => Parse(s);

    static bool IParsable<Currency>.TryParse(string? s, IFormatProvider? provider, out Currency result) =>
        TryParse(s, out result);

    public override string ToString() => Code;
}

using System.Text.Json.Serialization;

namespace Ledger.Domain.Amounts;

/// <summary>A line before tax is worked out.</summary>
/// <param name="Amount">With or without the tax, as the tenant's prices are. Below zero for a credit.</param>
[method: JsonConstructor]
public readonly record struct TaxableLine(Money Amount, TaxRate Rate);

/// <summary>What is due without tax, and the tax on it.</summary>
[method: JsonConstructor]
public readonly record struct TaxedAmount(Money Net, Money Tax)
{
    [JsonIgnore]
    public Money Gross => Net + Tax;

    public static TaxedAmount Zero(Currency currency) => new(Money.Zero(currency), Money.Zero(currency));

    public static TaxedAmount operator +(TaxedAmount a, TaxedAmount b) => new(a.Net + b.Net, a.Tax + b.Tax);
    public static TaxedAmount operator -(TaxedAmount a, TaxedAmount b) => new(a.Net - b.Net, a.Tax - b.Tax);
    public static TaxedAmount operator -(TaxedAmount a) => new(-a.Net, -a.Tax);
}

/// <summary>The tax of one rate on all the lines that have it.</summary>
[method: JsonConstructor]
public readonly record struct RateTotal(TaxRate Rate, TaxedAmount Total);

/// <summary>
/// The tax of an invoice: its lines add up to its rates, and its rates to its total, in every figure.
/// </summary>
/// <param name="Lines">As given, in the same order.</param>
/// <param name="Rates">Each rate that occurs, the lowest first; a rate of zero too.</param>
public sealed record TaxedLines(IReadOnlyList<TaxedAmount> Lines, IReadOnlyList<RateTotal> Rates, TaxedAmount Total);

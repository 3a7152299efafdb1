namespace Ledger.Domain.Loyalty;

/// <summary>How many points money is worth.</summary>
public static class PointsRate
{
    /// <summary>The most that a tenant may give for a whole unit of a currency.</summary>
    public const int PerUnitMax = 100_000;

    /// <summary>Points for an amount, rounded down over the whole of it: 10 per unit give 1850 for $185.00, and 9 for $0.99.</summary>
    /// <param name="perUnit">Points for one whole unit of the currency, not for its smallest.</param>
    /// <exception cref="OverflowException">More than a <see cref="long"/> holds.</exception>
    public static long Of(Money amount, int perUnit) => checked((long)((Int128)amount.Amount * perUnit / amount.Currency.MinorPerMajor));
}

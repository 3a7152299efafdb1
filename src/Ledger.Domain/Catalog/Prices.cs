namespace Ledger.Domain.Catalog;

/// <summary>The prices of a variation: what makes them a price list, and when two lists are the same.</summary>
internal static class Prices
{
    /// <summary>Null when there is at least one, and at most one per currency.</summary>
    public static Rejection? Check(IReadOnlyList<Money> prices)
    {
        if (prices.Count == 0) return ProductVariationRejections.PricesRequired;
        return prices.DistinctBy(price => price.Currency).Count() == prices.Count ? null : ProductVariationRejections.PriceRepeated;
    }

    /// <summary>True whatever the order.</summary>
    public static bool Same(IReadOnlyList<Money> a, IReadOnlyList<Money> b) => a.ToHashSet().SetEquals(b);
}

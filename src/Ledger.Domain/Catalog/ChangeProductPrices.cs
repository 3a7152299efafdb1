namespace Ledger.Domain.Catalog;

/// <summary>Say what a variation costs from now on, in every currency. The same prices again change nothing.</summary>
/// <remarks>
/// Refuses with <c>product_variation_not_found</c>, <c>product_variation_archived</c>, <c>prices_required</c>,
/// <c>price_repeated</c>. Subscriptions without a price of their own pay them from their next invoice on.
/// </remarks>
public sealed record ChangeProductPrices(ProductVariationId Id, IReadOnlyList<Money> Prices) : ICommand<ProductVariation, ProductVariationEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProductVariationEvent> Decide(ProductVariation state)
    {
        if (state is not ProductVariation.Known known) return ProductVariationRejections.NotFound;
        if (Catalog.Prices.Check(Prices) is { } rejection) return rejection;
        if (Catalog.Prices.Same(Prices, known.Prices)) return [];
        return known.IsArchived ? ProductVariationRejections.Archived : [new ProductPriceChanged(Id, Prices)];
    }
}

namespace Ledger.Domain.Catalog;

/// <summary>Change a variation and its prices in one.</summary>
/// <remarks>Refuses with whatever <see cref="ChangeProductVariation"/> and <see cref="ChangeProductPrices"/> refuse with.</remarks>
public sealed record UpdateProductVariation(ChangeProductVariation Variation, ChangeProductPrices Prices) : ICommand<ProductVariation, ProductVariationEvent>
{
    public StreamId Stream => Variation.Stream;

    public Decision<ProductVariationEvent> Decide(ProductVariation state)
    {
        var changed = Variation.Decide(state);
        if (changed.Rejection is { } rejection) return rejection;
        var priced = Prices.Decide(state);
        if (priced.Rejection is { } refused) return refused;
        Decision<ProductVariationEvent> both = [.. changed, .. priced];
        return both.Claiming(changed.Claims).Releasing(changed.Releases);
    }
}

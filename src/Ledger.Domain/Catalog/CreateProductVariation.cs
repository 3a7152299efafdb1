namespace Ledger.Domain.Catalog;

/// <summary>Sell a product in one more way. Repeating it with the same id changes nothing.</summary>
/// <remarks>
/// Refuses with <c>product_not_found</c>, <c>product_archived</c>, <c>prices_required</c>, <c>price_repeated</c>,
/// <c>product_variation_external_id_taken</c>.
/// </remarks>
/// <param name="Prices">At least one, and one per currency.</param>
public sealed record CreateProductVariation(
    ProductVariationId Id, ProductId ProductId, string Name, IReadOnlyList<Money> Prices, TaxRate TaxRate, bool Hidden,
    string? ExternalId, IReadOnlyDictionary<string, string>? Metadata, string? Type = null) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.OfNew<ProductVariation, ProductVariationEvent>(Id.Stream) is not ProductVariation.Unknown) return JointDecision.Nothing;
        if (await states.Of<Product, ProductEvent>(ProductId.Stream) is not Product.Known product) return ProductRejections.NotFound;
        if (product.IsArchived) return ProductRejections.Archived;
        if (Catalog.Prices.Check(Prices) is { } rejection) return rejection;

        return new JointDecision()
            .Append(Id.Stream, new ProductVariationCreated(Id, ProductId, Name, Prices, TaxRate, Hidden, ExternalId, Metadata, Type))
            .Claim([.. CatalogClaims.Of(Id, ExternalId)]);
    }
}

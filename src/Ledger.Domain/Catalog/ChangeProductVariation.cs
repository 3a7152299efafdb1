namespace Ledger.Domain.Catalog;

/// <summary>Say what is known of a variation from now on, but for its prices. Saying what is known already changes nothing.</summary>
/// <remarks>
/// Refuses with <c>product_variation_not_found</c>, <c>product_variation_archived</c>,
/// <c>product_variation_external_id_taken</c>. A new tax rate counts from the next invoice on.
/// </remarks>
public sealed record ChangeProductVariation(
    ProductVariationId Id, string Name, TaxRate TaxRate, bool Hidden, string? ExternalId,
    IReadOnlyDictionary<string, string>? Metadata, string? Type = null) : ICommand<ProductVariation, ProductVariationEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProductVariationEvent> Decide(ProductVariation state)
    {
        if (state is not ProductVariation.Known known) return ProductVariationRejections.NotFound;
        if (IsKnown(known)) return [];
        if (known.IsArchived) return ProductVariationRejections.Archived;

        var before = CatalogClaims.Of(Id, known.ExternalId).ToList();
        var after = CatalogClaims.Of(Id, ExternalId).ToList();
        Decision<ProductVariationEvent> changed = [new ProductVariationChanged(Id, Name, TaxRate, Hidden, ExternalId, Metadata, Type)];
        return changed.Claiming(after.Except(before)).Releasing(before.Except(after));
    }

    private bool IsKnown(ProductVariation.Known known) =>
        Name == known.Name && TaxRate == known.TaxRate && Hidden == known.Hidden && ExternalId == known.ExternalId
        && Type == known.Type && Domain.Metadata.Same(Metadata, known.Metadata);
}

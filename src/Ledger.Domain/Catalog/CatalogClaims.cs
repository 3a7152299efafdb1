namespace Ledger.Domain.Catalog;

/// <summary>What only one product, or one variation, of a tenant may have.</summary>
internal static class CatalogClaims
{
    public static IEnumerable<Claim> Of(ProductId id, string? externalId) => externalId is null
        ? []
        : [new("product.external_id", externalId, id.Stream, ProductRejections.ExternalIdTaken)];

    public static IEnumerable<Claim> Of(ProductVariationId id, string? externalId) => externalId is null
        ? []
        : [new("product_variation.external_id", externalId, id.Stream, ProductVariationRejections.ExternalIdTaken)];
}

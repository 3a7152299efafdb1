using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;
using Ledger.Projections;
using Ledger.Projections.Catalog;

namespace Ledger.Api.Catalog;

/// <summary>A product on the wire.</summary>
/// <param name="SubscriptionFrequencies">How often a customer is offered to get it; none for all that the tenant bills by.</param>
/// <param name="ExternalId">For staff alone, as is <paramref name="Metadata"/>.</param>
public sealed record ProductResponse(
    ProductId Id, string Name, string? UrlName, string? ShortDescription, string? ExternalId, IReadOnlyDictionary<string, string>? Metadata,
    IReadOnlyList<ProductLabelId> Categories, IReadOnlyList<ProductLabelId> Tags, IReadOnlyList<ProductAttribute> Attributes,
    IReadOnlyList<Frequency> SubscriptionFrequencies, IReadOnlyList<ProductImageResponse> Images, bool IsArchived)
{
    public static ProductResponse From(Product.Known known, string tenant) => new(
        known.Id, known.Name, known.UrlName, known.ShortDescription, known.ExternalId, known.Metadata, known.Shelf.Categories, known.Shelf.Tags,
        known.Shelf.Attributes, known.Shelf.SubscriptionFrequencies, [.. known.Images.Select(image => ProductImageResponse.From(image, tenant))], known.IsArchived);

    public static ProductResponse From(ProductRow row) => new(
        new(row.Id), row.Name, row.UrlName, row.ShortDescription, row.ExternalId, Json.To<Dictionary<string, string>>(row.Metadata),
        Json.To<List<ProductLabelId>>(row.Categories)!, Json.To<List<ProductLabelId>>(row.Tags)!, Json.To<List<ProductAttribute>>(row.Attributes)!,
        Json.To<List<Frequency>>(row.SubscriptionFrequencies)!,
        [.. Json.To<List<ProductImage>>(row.Images)!.Select(image => ProductImageResponse.From(image, row.TenantId))], row.IsArchived);
}

/// <param name="Url">A path at this API; what is there never changes.</param>
public sealed record ProductImageResponse(string Hash, string ContentType, int Size, string Url)
{
    public static ProductImageResponse From(ProductImage image, string tenant) =>
        new(image.Hash, image.ContentType, image.Size, $"/api/v1/tenants/{tenant}/product-images/{image.Hash}");
}

/// <summary>A variation of a product on the wire: what is bought.</summary>
/// <param name="Price">The first of <paramref name="Prices"/>.</param>
/// <param name="Type">The tenant's own word for what kind of variation it is.</param>
/// <param name="ExternalId">For staff alone, as is <paramref name="Metadata"/>.</param>
public sealed record ProductVariationResponse(
    ProductVariationId Id, ProductId ProductId, string Name, Money Price, IReadOnlyList<Money> Prices, TaxRate TaxRate, bool Hidden,
    string? Type, string? ExternalId, IReadOnlyDictionary<string, string>? Metadata, bool IsArchived)
{
    public static ProductVariationResponse From(ProductVariation.Known known) => new(
        known.Id, known.ProductId, known.Name, known.Prices[0], known.Prices, known.TaxRate, known.Hidden, known.Type, known.ExternalId, known.Metadata, known.IsArchived);

    public static ProductVariationResponse From(ProductVariationRow row)
    {
        var prices = Json.To<List<Money>>(row.Prices)!;
        return new(
            new(row.Id), new(row.ProductId), row.Name, prices[0], prices, Domain.Amounts.TaxRate.Of(row.TaxRate), row.Hidden, row.Type, row.ExternalId,
            Json.To<Dictionary<string, string>>(row.Metadata), row.IsArchived);
    }
}

using Ledger.Domain.Amounts;
using Ledger.Domain.Catalog;
using Ledger.Projections;
using Ledger.Projections.Catalog;

namespace Ledger.Api.Catalog;

/// <summary>A product on the wire.</summary>
public sealed record ProductResponse(
    ProductId Id, string Name, string? UrlName, string? ShortDescription, string? ExternalId, IReadOnlyDictionary<string, string>? Metadata, bool IsArchived)
{
    public static ProductResponse From(Product.Known known) =>
        new(known.Id, known.Name, known.UrlName, known.ShortDescription, known.ExternalId, known.Metadata, known.IsArchived);

    public static ProductResponse From(ProductRow row) => new(
        new(row.Id), row.Name, row.UrlName, row.ShortDescription, row.ExternalId, Json.To<Dictionary<string, string>>(row.Metadata), row.IsArchived);
}

/// <summary>A variation of a product on the wire: what is bought.</summary>
/// <param name="Price">The first of <paramref name="Prices"/>.</param>
public sealed record ProductVariationResponse(
    ProductVariationId Id, ProductId ProductId, string Name, Money Price, IReadOnlyList<Money> Prices, TaxRate TaxRate, bool Hidden,
    string? ExternalId, IReadOnlyDictionary<string, string>? Metadata, bool IsArchived)
{
    public static ProductVariationResponse From(ProductVariation.Known known) => new(
        known.Id, known.ProductId, known.Name, known.Prices[0], known.Prices, known.TaxRate, known.Hidden, known.ExternalId, known.Metadata, known.IsArchived);

    public static ProductVariationResponse From(ProductVariationRow row)
    {
        var prices = Json.To<List<Money>>(row.Prices)!;
        return new(
            new(row.Id), new(row.ProductId), row.Name, prices[0], prices, Domain.Amounts.TaxRate.Of(row.TaxRate), row.Hidden, row.ExternalId,
            Json.To<Dictionary<string, string>>(row.Metadata), row.IsArchived);
    }
}

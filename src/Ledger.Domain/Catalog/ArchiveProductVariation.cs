namespace Ledger.Domain.Catalog;

/// <summary>Sell a variation no more. Who subscribes to it keeps it, at the price it has. Archiving again changes nothing.</summary>
/// <remarks>Refuses with <c>product_variation_not_found</c>. Its external id stays taken.</remarks>
public sealed record ArchiveProductVariation(ProductVariationId Id) : ICommand<ProductVariation, ProductVariationEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProductVariationEvent> Decide(ProductVariation state) => state switch
    {
        ProductVariation.Known { IsArchived: true } => [],
        ProductVariation.Known => [new ProductVariationArchived(Id)],
        _ => ProductVariationRejections.NotFound,
    };
}

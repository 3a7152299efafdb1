namespace Ledger.Domain.Catalog;

/// <summary>Take a product into the catalog. It is bought by its variations. Repeating it with the same id changes nothing.</summary>
/// <remarks>Refuses with <c>product_external_id_taken</c>.</remarks>
public sealed record CreateProduct(
    ProductId Id, string Name, string? UrlName, string? ShortDescription, string? ExternalId,
    IReadOnlyDictionary<string, string>? Metadata) : ICommand<Product, ProductEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<ProductEvent> Decide(Product state)
    {
        if (state is not Product.Unknown) return [];
        Decision<ProductEvent> created = [new ProductCreated(Id, Name, UrlName, ShortDescription, ExternalId, Metadata)];
        return created.Claiming(CatalogClaims.Of(Id, ExternalId));
    }
}

namespace Ledger.Domain.Catalog;

/// <summary>Say what is known of a product from now on. Saying what is known already changes nothing.</summary>
/// <remarks>Refuses with <c>product_not_found</c>, <c>product_archived</c>, <c>product_external_id_taken</c>.</remarks>
public sealed record ChangeProduct(
    ProductId Id, string Name, string? UrlName, string? ShortDescription, string? ExternalId,
    IReadOnlyDictionary<string, string>? Metadata) : ICommand<Product, ProductEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProductEvent> Decide(Product state)
    {
        if (state is not Product.Known known) return ProductRejections.NotFound;
        if (IsKnown(known)) return [];
        if (known.IsArchived) return ProductRejections.Archived;

        var before = CatalogClaims.Of(Id, known.ExternalId).ToList();
        var after = CatalogClaims.Of(Id, ExternalId).ToList();
        Decision<ProductEvent> changed = [new ProductChanged(Id, Name, UrlName, ShortDescription, ExternalId, Metadata)];
        return changed.Claiming(after.Except(before)).Releasing(before.Except(after));
    }

    private bool IsKnown(Product.Known known) =>
        Name == known.Name && UrlName == known.UrlName && ShortDescription == known.ShortDescription
        && ExternalId == known.ExternalId && Domain.Metadata.Same(Metadata, known.Metadata);
}

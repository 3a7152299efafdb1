namespace Ledger.Domain.Catalog;

/// <summary>Show an image of a product no more. One that it does not have changes nothing.</summary>
/// <remarks>Refuses with <c>product_not_found</c>, <c>product_archived</c>.</remarks>
public sealed record RemoveProductImage(ProductId Id, string Hash) : ICommand<Product, ProductEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProductEvent> Decide(Product state)
    {
        if (state is not Product.Known known) return ProductRejections.NotFound;
        if (!known.Images.Exists(one => one.Hash == Hash)) return [];
        return known.IsArchived ? ProductRejections.Archived : [new ProductImageRemoved(Id, Hash)];
    }
}

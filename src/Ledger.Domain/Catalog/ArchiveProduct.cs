namespace Ledger.Domain.Catalog;

/// <summary>Sell a product and its variations no more. Archiving again changes nothing.</summary>
/// <remarks>Refuses with <c>product_not_found</c>, <c>product_in_use</c>. Its external id stays taken.</remarks>
/// <param name="IsInUse">Whether an active subscription has one of its variations.</param>
public sealed record ArchiveProduct(ProductId Id, bool IsInUse) : ICommand<Product, ProductEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProductEvent> Decide(Product state) => state switch
    {
        Product.Known { IsArchived: true } => [],
        Product.Known when IsInUse => ProductRejections.InUse,
        Product.Known => [new ProductArchived(Id)],
        _ => ProductRejections.NotFound,
    };
}

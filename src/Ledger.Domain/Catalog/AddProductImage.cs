namespace Ledger.Domain.Catalog;

/// <summary>Show one more image of a product, after those it has. Its bytes were looked at and stored before.</summary>
/// <remarks>
/// Refuses with <c>product_not_found</c>, <c>product_archived</c>, <c>product_images_too_many</c>. An image that it has
/// already changes nothing.
/// </remarks>
public sealed record AddProductImage(ProductId Id, ProductImage Image) : ICommand<Product, ProductEvent>
{
    public const int PerProductMax = 10, BytesMax = 512 * 1024, PixelsMax = 4096;

    public StreamId Stream => Id.Stream;

    public Decision<ProductEvent> Decide(Product state)
    {
        if (state is not Product.Known known) return ProductRejections.NotFound;
        if (known.Images.Contains(Image)) return [];
        if (known.IsArchived) return ProductRejections.Archived;
        return known.Images.Count >= PerProductMax
            ? ProductRejections.TooManyImages
            : [new ProductImageUploaded(Id, Image.Hash, Image.ContentType, Image.Size)];
    }
}

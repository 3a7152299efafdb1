using System.Collections.Immutable;

namespace Ledger.Domain.Catalog;

/// <summary>A product, as it is now.</summary>
public abstract record Product : IState<Product, ProductEvent>
{
    private Product() { }

    public sealed record Unknown : Product;

    public sealed record Known(
        ProductId Id, string Name, string? UrlName, string? ShortDescription, string? ExternalId,
        IReadOnlyDictionary<string, string>? Metadata, bool IsArchived) : Product
    {
        public ProductShelf Shelf { get; init; } = ProductShelf.Empty;

        /// <summary>In the order they are shown.</summary>
        public ImmutableList<ProductImage> Images { get; init; } = [];
    }

    public static Product Initial { get; } = new Unknown();

    public static Product Evolve(Product state, ProductEvent @event) => @event switch
    {
        ProductCreated made => new Known(
            made.Id, made.Name, made.UrlName, made.ShortDescription, made.ExternalId, made.Metadata, IsArchived: false),
        ProductChanged changed => (Known)state with
        {
            Name = changed.Name, UrlName = changed.UrlName, ShortDescription = changed.ShortDescription,
            ExternalId = changed.ExternalId, Metadata = changed.Metadata,
        },
        ProductShelved shelved => (Known)state with { Shelf = shelved.Shelf },
        ProductImageUploaded image => (Known)state with { Images = ((Known)state).Images.Add(new(image.Hash, image.ContentType, image.Size)) },
        ProductImageRemoved gone => (Known)state with { Images = ((Known)state).Images.RemoveAll(one => one.Hash == gone.Hash) },
        ProductArchived => (Known)state with { IsArchived = true },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

/// <param name="Hash">SHA-256 of the bytes, in lower-case hex.</param>
/// <param name="ContentType">As its first bytes say.</param>
/// <param name="Size">How many bytes.</param>
public sealed record ProductImage(string Hash, string ContentType, int Size);

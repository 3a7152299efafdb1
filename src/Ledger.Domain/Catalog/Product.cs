namespace Ledger.Domain.Catalog;

/// <summary>A product, as it is now.</summary>
public abstract record Product : IState<Product, ProductEvent>
{
    private Product() { }

    public sealed record Unknown : Product;

    public sealed record Known(
        ProductId Id, string Name, string? UrlName, string? ShortDescription, string? ExternalId,
        IReadOnlyDictionary<string, string>? Metadata, bool IsArchived) : Product;

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
        ProductArchived => (Known)state with { IsArchived = true },
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };
}

namespace Ledger.Domain.Catalog;

/// <summary>Call a category, a tag or an attribute otherwise; products keep it. Calling it what it is called changes nothing.</summary>
/// <remarks>Refuses with <c>product_label_not_found</c>, <c>product_label_slug_taken</c>.</remarks>
public sealed record ChangeProductLabel(ProductLabelId Id, ProductLabelKind Kind, string Name, string Slug) : ICommand<ProductLabel, ProductLabelEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProductLabelEvent> Decide(ProductLabel state)
    {
        if (state is not ProductLabel.Known known || known.Kind != Kind) return ProductLabelRejections.NotFound;
        if (known.Name == Name && known.Slug == Slug) return [];
        Decision<ProductLabelEvent> changed = [new ProductLabelChanged(Id, Name, Slug)];
        return known.Slug == Slug ? changed : changed.Claiming(ProductLabel.ClaimOf(Id, Kind, Slug)).Releasing(known.Claim);
    }
}

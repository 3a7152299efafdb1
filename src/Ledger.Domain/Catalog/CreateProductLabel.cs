namespace Ledger.Domain.Catalog;

/// <summary>Make a category, a tag or an attribute. Repeating it with the same id changes nothing.</summary>
/// <remarks>Refuses with <c>product_label_slug_taken</c>.</remarks>
public sealed record CreateProductLabel(ProductLabelId Id, ProductLabelKind Kind, string Name, string Slug) : ICommand<ProductLabel, ProductLabelEvent>
{
    public StreamId Stream => Id.Stream;

    public bool StartsStream => true;

    public Decision<ProductLabelEvent> Decide(ProductLabel state)
    {
        if (state is not ProductLabel.Unknown) return [];
        Decision<ProductLabelEvent> made = [new ProductLabelCreated(Id, Kind, Name, Slug)];
        return made.Claiming(ProductLabel.ClaimOf(Id, Kind, Slug));
    }
}

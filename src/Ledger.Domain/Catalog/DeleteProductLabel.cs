namespace Ledger.Domain.Catalog;

/// <summary>Do away with a category, a tag or an attribute; its slug is free again. Deleting again changes nothing.</summary>
/// <remarks>Refuses with <c>product_label_not_found</c>, <c>product_label_in_use</c>.</remarks>
/// <param name="IsInUse">Whether a product that is sold has it.</param>
public sealed record DeleteProductLabel(ProductLabelId Id, ProductLabelKind Kind, bool IsInUse) : ICommand<ProductLabel, ProductLabelEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<ProductLabelEvent> Decide(ProductLabel state)
    {
        if (state is ProductLabel.Deleted gone && gone.Kind == Kind) return [];
        if (state is not ProductLabel.Known known || known.Kind != Kind) return ProductLabelRejections.NotFound;
        if (IsInUse) return ProductLabelRejections.InUse;
        Decision<ProductLabelEvent> deleted = [new ProductLabelDeleted(Id)];
        return deleted.Releasing(known.Claim);
    }
}

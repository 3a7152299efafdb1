namespace Ledger.Domain.Catalog;

/// <summary>Say under what a product is found, and how it is subscribed to. Saying it again changes nothing.</summary>
/// <remarks>Refuses with <c>product_not_found</c>, <c>product_archived</c>, <c>product_label_unknown</c>.</remarks>
public sealed record ShelveProduct(ProductId Id, ProductShelf Shelf) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states) => await Decide(states, await states.Of<Product, ProductEvent>(Id.Stream));

    /// <summary>The same, of a product that another decision has just made or changed.</summary>
    internal async ValueTask<JointDecision> Decide(IStates states, Product product)
    {
        if (product is not Product.Known known) return ProductRejections.NotFound;
        if (known.Shelf == Shelf) return JointDecision.Nothing;
        if (known.IsArchived) return ProductRejections.Archived;
        foreach (var (id, kind) in Shelf.Labels)
            if (await states.Of<ProductLabel, ProductLabelEvent>(id.Stream) is not ProductLabel.Known label || label.Kind != kind)
                return ProductLabelRejections.Unknown.With(id.Value.ToString());
        return new JointDecision().Append(Id.Stream, new ProductShelved(Id, Shelf));
    }
}

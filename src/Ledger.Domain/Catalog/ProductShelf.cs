namespace Ledger.Domain.Catalog;

/// <summary>Under what a product is found, and how it is subscribed to. The order of each list counts.</summary>
/// <param name="SubscriptionFrequencies">What a customer is offered; none for all that the tenant bills by.</param>
public sealed record ProductShelf(
    IReadOnlyList<ProductLabelId> Categories, IReadOnlyList<ProductLabelId> Tags, IReadOnlyList<ProductAttribute> Attributes,
    IReadOnlyList<Frequency> SubscriptionFrequencies)
{
    public static ProductShelf Empty { get; } = new([], [], [], []);

    public bool Equals(ProductShelf? other) => other is not null
        && Categories.SequenceEqual(other.Categories) && Tags.SequenceEqual(other.Tags)
        && Attributes.SequenceEqual(other.Attributes) && SubscriptionFrequencies.SequenceEqual(other.SubscriptionFrequencies);

    public override int GetHashCode() => HashCode.Combine(Categories.Count, Tags.Count, Attributes.Count, SubscriptionFrequencies.Count);

    /// <summary>Every label that it names, with the kind that it is to be of.</summary>
    internal IEnumerable<(ProductLabelId Id, ProductLabelKind Kind)> Labels =>
        Categories.Select(id => (id, ProductLabelKind.Category)).Concat(Tags.Select(id => (id, ProductLabelKind.Tag)))
            .Concat(Attributes.Select(one => (one.AttributeId, ProductLabelKind.Attribute)));
}

/// <summary>What a product has of an attribute: its weight is 500 g.</summary>
public sealed record ProductAttribute(ProductLabelId AttributeId, string Value);

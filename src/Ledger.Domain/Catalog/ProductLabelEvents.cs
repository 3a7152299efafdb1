namespace Ledger.Domain.Catalog;

/// <summary>What a label is for.</summary>
public enum ProductLabelKind
{
    /// <summary>Where in the shop a product stands.</summary>
    Category,

    /// <summary>A word by which products are picked out.</summary>
    Tag,

    /// <summary>Something that each product has a value of, such as its weight.</summary>
    Attribute,
}

/// <summary>What can happen to a category, a tag or an attribute. Stored forever: add cases, never edit them.</summary>
public abstract record ProductLabelEvent : IEvent
{
    private protected ProductLabelEvent() { }
}

/// <param name="Kind">For good.</param>
/// <param name="Slug">Its name in addresses; one label of a kind has it.</param>
public sealed record ProductLabelCreated(ProductLabelId Id, ProductLabelKind Kind, string Name, string Slug) : ProductLabelEvent;

/// <summary>All that is known from now on, changed or not.</summary>
public sealed record ProductLabelChanged(ProductLabelId Id, string Name, string Slug) : ProductLabelEvent;

public sealed record ProductLabelDeleted(ProductLabelId Id) : ProductLabelEvent;

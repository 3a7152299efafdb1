namespace Ledger.Domain.Catalog;

/// <summary>What can happen to a product. Stored forever: add cases, never edit them.</summary>
public abstract record ProductEvent : IEvent
{
    private protected ProductEvent() { }
}

public sealed record ProductCreated(
    ProductId Id, string Name, string? UrlName = null, string? ShortDescription = null, string? ExternalId = null,
    IReadOnlyDictionary<string, string>? Metadata = null) : ProductEvent;

/// <summary>All that is known from now on, changed or not.</summary>
public sealed record ProductChanged(
    ProductId Id, string Name, string? UrlName = null, string? ShortDescription = null, string? ExternalId = null,
    IReadOnlyDictionary<string, string>? Metadata = null) : ProductEvent;

/// <summary>Where it stands from now on: under what it is found, and how it is subscribed to.</summary>
public sealed record ProductShelved(ProductId Id, ProductShelf Shelf) : ProductEvent;

/// <summary>One more image. Its bytes are beside the log, under their hash.</summary>
/// <param name="Hash">SHA-256 of the bytes, in lower-case hex.</param>
/// <param name="ContentType">As its first bytes say: <c>image/png</c>, <c>image/jpeg</c> or <c>image/webp</c>.</param>
/// <param name="Size">How many bytes.</param>
public sealed record ProductImageUploaded(ProductId Id, string Hash, string ContentType, int Size) : ProductEvent;

/// <summary>The image is not shown any more.</summary>
public sealed record ProductImageRemoved(ProductId Id, string Hash) : ProductEvent;

public sealed record ProductArchived(ProductId Id) : ProductEvent;

/// <summary>What can happen to a variation of a product: what is bought. Stored forever: add cases, never edit them.</summary>
public abstract record ProductVariationEvent : IEvent
{
    private protected ProductVariationEvent() { }
}

/// <param name="Prices">One per currency.</param>
/// <param name="Type">The tenant's own word for what kind of variation it is; null for none.</param>
public sealed record ProductVariationCreated(
    ProductVariationId Id, ProductId ProductId, string Name, IReadOnlyList<Money> Prices, TaxRate TaxRate, bool Hidden = false,
    string? ExternalId = null, IReadOnlyDictionary<string, string>? Metadata = null, string? Type = null) : ProductVariationEvent;

/// <summary>All that is known from now on, changed or not; prices have an event of their own.</summary>
public sealed record ProductVariationChanged(
    ProductVariationId Id, string Name, TaxRate TaxRate, bool Hidden = false, string? ExternalId = null,
    IReadOnlyDictionary<string, string>? Metadata = null, string? Type = null) : ProductVariationEvent;

/// <summary>From now on; what was invoiced stays.</summary>
public sealed record ProductPriceChanged(ProductVariationId Id, IReadOnlyList<Money> Prices) : ProductVariationEvent;

public sealed record ProductVariationArchived(ProductVariationId Id) : ProductVariationEvent;

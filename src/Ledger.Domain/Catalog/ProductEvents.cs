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

public sealed record ProductArchived(ProductId Id) : ProductEvent;

/// <summary>What can happen to a variation of a product: what is bought. Stored forever: add cases, never edit them.</summary>
public abstract record ProductVariationEvent : IEvent
{
    private protected ProductVariationEvent() { }
}

/// <param name="Prices">One per currency.</param>
public sealed record ProductVariationCreated(
    ProductVariationId Id, ProductId ProductId, string Name, IReadOnlyList<Money> Prices, TaxRate TaxRate, bool Hidden = false,
    string? ExternalId = null, IReadOnlyDictionary<string, string>? Metadata = null) : ProductVariationEvent;

/// <summary>All that is known from now on, changed or not; prices have an event of their own.</summary>
public sealed record ProductVariationChanged(
    ProductVariationId Id, string Name, TaxRate TaxRate, bool Hidden = false, string? ExternalId = null,
    IReadOnlyDictionary<string, string>? Metadata = null) : ProductVariationEvent;

/// <summary>From now on; what was invoiced stays.</summary>
public sealed record ProductPriceChanged(ProductVariationId Id, IReadOnlyList<Money> Prices) : ProductVariationEvent;

public sealed record ProductVariationArchived(ProductVariationId Id) : ProductVariationEvent;

namespace Ledger.Domain.Catalog;

public readonly record struct ProductId(Guid Value) : IId<ProductId>
{
    public static ProductId From(Guid value) => new(value);

    public StreamId Stream => new("product", Value);
}

/// <summary>Of a category, a tag or an attribute.</summary>
public readonly record struct ProductLabelId(Guid Value) : IId<ProductLabelId>
{
    public static ProductLabelId From(Guid value) => new(value);

    public StreamId Stream => new("product_label", Value);
}

public readonly record struct ProductVariationId(Guid Value) : IId<ProductVariationId>
{
    public static ProductVariationId From(Guid value) => new(value);

    public StreamId Stream => new("product_variation", Value);
}

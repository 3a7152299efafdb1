namespace Ledger.Domain.Catalog;

/// <summary>A category, a tag or an attribute, as it is now: three uses of one thing.</summary>
public abstract record ProductLabel : IState<ProductLabel, ProductLabelEvent>
{
    private ProductLabel() { }

    public sealed record Unknown : ProductLabel;

    public sealed record Known(ProductLabelId Id, ProductLabelKind Kind, string Name, string Slug) : ProductLabel
    {
        /// <summary>One label of a kind has a slug; a category may have that of a tag.</summary>
        internal Claim Claim => ClaimOf(Id, Kind, Slug);
    }

    public sealed record Deleted(ProductLabelId Id, ProductLabelKind Kind) : ProductLabel;

    public static ProductLabel Initial { get; } = new Unknown();

    public static ProductLabel Evolve(ProductLabel state, ProductLabelEvent @event) => @event switch
    {
        ProductLabelCreated made => new Known(made.Id, made.Kind, made.Name, made.Slug),
        ProductLabelChanged changed => (Known)state with { Name = changed.Name, Slug = changed.Slug },
        ProductLabelDeleted gone => new Deleted(gone.Id, ((Known)state).Kind),
        _ => throw new UnreachableException($"{@event.GetType().Name} has no arm here."),
    };

    internal static Claim ClaimOf(ProductLabelId id, ProductLabelKind kind, string slug) =>
        new("product_label.slug", $"{kind} {slug}", id.Stream, ProductLabelRejections.SlugTaken);
}

/// <summary>Every "no" a category, a tag or an attribute can say.</summary>
public static class ProductLabelRejections
{
    public static readonly Rejection NotFound = new("product_label_not_found", RejectionKind.NotFound, "No category, tag or attribute has this id.");

    public static readonly Rejection SlugTaken = new("product_label_slug_taken", RejectionKind.Conflict, "Another of the kind has this slug.");

    public static readonly Rejection InUse = new("product_label_in_use", RejectionKind.Conflict, "A product that is sold has it.");

    public static readonly Rejection Unknown = new(
        "product_label_unknown", RejectionKind.Unprocessable, "A product has categories, tags and attributes that there are.");
}

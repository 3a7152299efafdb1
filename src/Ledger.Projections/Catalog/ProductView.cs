using Ledger.Domain.Catalog;

namespace Ledger.Projections.Catalog;

/// <summary>Every product, archived ones included.</summary>
public sealed class ProductView : View<ProductRow>
{
    public override string Name => "products";

    public override int Version => 2;

    public override string Columns => """
        tenant_id text not null, id uuid not null, name text not null, url_name text, short_description text, external_id text,
        metadata jsonb, categories jsonb not null, tags jsonb not null, attributes jsonb not null, subscription_frequencies jsonb not null,
        images jsonb not null, is_archived boolean not null, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)", "(tenant_id, external_id)", "(tenant_id, url_name)"];

    public override IReadOnlyList<string> Streams => ["product"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is ProductEvent ? [happened.Stream.Id] : [];

    public override ProductRow? After(ProductRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        return happened.Event switch
        {
            ProductCreated made => new(
                happened.Tenant, id, made.Name, made.UrlName, made.ShortDescription, made.ExternalId, Json.Of(made.Metadata),
                Categories: "[]", Tags: "[]", Attributes: "[]", SubscriptionFrequencies: "[]", Images: "[]", IsArchived: false, happened.Version, happened.Position, at, at),
            ProductChanged changed => row! with
            {
                Name = changed.Name, UrlName = changed.UrlName, ShortDescription = changed.ShortDescription,
                ExternalId = changed.ExternalId, Metadata = Json.Of(changed.Metadata), Version = happened.Version, UpdatedAt = at,
            },
            ProductShelved shelved => row! with
            {
                Categories = Json.Of(shelved.Shelf.Categories)!, Tags = Json.Of(shelved.Shelf.Tags)!, Attributes = Json.Of(shelved.Shelf.Attributes)!,
                SubscriptionFrequencies = Json.Of(shelved.Shelf.SubscriptionFrequencies)!, Version = happened.Version, UpdatedAt = at,
            },
            ProductImageUploaded image => WithImages(row!, [.. Images(row!), new(image.Hash, image.ContentType, image.Size)], happened),
            ProductImageRemoved gone => WithImages(row!, [.. Images(row!).Where(one => one.Hash != gone.Hash)], happened),
            ProductArchived => row! with { IsArchived = true, Version = happened.Version, UpdatedAt = at },
            _ => throw new UnreachableException(),
        };
    }

    private static List<ProductImage> Images(ProductRow row) => Json.To<List<ProductImage>>(row.Images)!;

    private static ProductRow WithImages(ProductRow row, List<ProductImage> images, StoredEvent happened) =>
        row with { Images = Json.Of(images)!, Version = happened.Version, UpdatedAt = happened.Headers.EffectiveAt };
}

public sealed record ProductRow(
    string TenantId, Guid Id, string Name, string? UrlName, string? ShortDescription, string? ExternalId,
    [property: JsonColumn] string? Metadata, [property: JsonColumn] string Categories, [property: JsonColumn] string Tags,
    [property: JsonColumn] string Attributes, [property: JsonColumn] string SubscriptionFrequencies, [property: JsonColumn] string Images, bool IsArchived, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);

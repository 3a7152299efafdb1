using Ledger.Domain.Catalog;

namespace Ledger.Projections.Catalog;

/// <summary>Every product, archived ones included.</summary>
public sealed class ProductView : View<ProductRow>
{
    public override string Name => "products";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, name text not null, url_name text, short_description text, external_id text,
        metadata jsonb, is_archived boolean not null, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)", "(tenant_id, external_id)"];

    public override IReadOnlyList<string> Streams => ["product"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is ProductEvent ? [happened.Stream.Id] : [];

    public override ProductRow? After(ProductRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        return happened.Event switch
        {
            ProductCreated made => new(
                happened.Tenant, id, made.Name, made.UrlName, made.ShortDescription, made.ExternalId, Json.Of(made.Metadata),
                IsArchived: false, happened.Version, happened.Position, at, at),
            ProductChanged changed => row! with
            {
                Name = changed.Name, UrlName = changed.UrlName, ShortDescription = changed.ShortDescription,
                ExternalId = changed.ExternalId, Metadata = Json.Of(changed.Metadata), Version = happened.Version, UpdatedAt = at,
            },
            ProductArchived => row! with { IsArchived = true, Version = happened.Version, UpdatedAt = at },
            _ => throw new UnreachableException(),
        };
    }
}

public sealed record ProductRow(
    string TenantId, Guid Id, string Name, string? UrlName, string? ShortDescription, string? ExternalId,
    [property: JsonColumn] string? Metadata, bool IsArchived, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);

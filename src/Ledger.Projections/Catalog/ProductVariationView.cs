using Ledger.Domain.Catalog;

namespace Ledger.Projections.Catalog;

/// <summary>Every product variation, archived ones included.</summary>
public sealed class ProductVariationView : View<ProductVariationRow>
{
    public override string Name => "product_variations";

    public override int Version => 2;

    public override string Columns => """
        tenant_id text not null, id uuid not null, product_id uuid not null, name text not null, prices jsonb not null,
        tax_rate numeric not null, hidden boolean not null, external_id text, metadata jsonb, type text, is_archived boolean not null,
        version bigint not null, created_position bigint not null, created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes =>
        ["(tenant_id, created_position)", "(tenant_id, product_id, created_position)", "(tenant_id, external_id)"];

    public override IReadOnlyList<string> Streams => ["product_variation"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is ProductVariationEvent ? [happened.Stream.Id] : [];

    public override ProductVariationRow? After(ProductVariationRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        return happened.Event switch
        {
            ProductVariationCreated made => new(
                happened.Tenant, id, made.ProductId.Value, made.Name, Json.Of(made.Prices)!, made.TaxRate.Value, made.Hidden,
                made.ExternalId, Json.Of(made.Metadata), made.Type, IsArchived: false, happened.Version, happened.Position, at, at),
            ProductVariationChanged changed => row! with
            {
                Name = changed.Name, TaxRate = changed.TaxRate.Value, Hidden = changed.Hidden, ExternalId = changed.ExternalId,
                Metadata = Json.Of(changed.Metadata), Type = changed.Type, Version = happened.Version, UpdatedAt = at,
            },
            ProductPriceChanged changed => row! with { Prices = Json.Of(changed.Prices)!, Version = happened.Version, UpdatedAt = at },
            ProductVariationArchived => row! with { IsArchived = true, Version = happened.Version, UpdatedAt = at },
            _ => throw new UnreachableException(),
        };
    }
}

public sealed record ProductVariationRow(
    string TenantId, Guid Id, Guid ProductId, string Name, [property: JsonColumn] string Prices, decimal TaxRate, bool Hidden,
    string? ExternalId, [property: JsonColumn] string? Metadata, string? Type, bool IsArchived, long Version, long CreatedPosition,
    Instant CreatedAt, Instant UpdatedAt);

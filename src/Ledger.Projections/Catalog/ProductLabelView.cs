using Ledger.Domain.Catalog;

namespace Ledger.Projections.Catalog;

/// <summary>Every category, tag and attribute that there is.</summary>
public sealed class ProductLabelView : View<ProductLabelRow>
{
    public override string Name => "product_labels";

    public override int Version => 1;

    public override string Columns =>
        "tenant_id text not null, id uuid not null, kind text not null, name text not null, slug text not null, created_position bigint not null";

    public override IReadOnlyList<string> Indexes => ["(tenant_id, kind, created_position)"];

    public override IReadOnlyList<string> Streams => ["product_label"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is ProductLabelEvent ? [happened.Stream.Id] : [];

    public override ProductLabelRow? After(ProductLabelRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        ProductLabelCreated made => new(happened.Tenant, id, EventTypes.SnakeCase(made.Kind.ToString()), made.Name, made.Slug, happened.Position),
        ProductLabelChanged changed => row! with { Name = changed.Name, Slug = changed.Slug },
        ProductLabelDeleted => null,
        _ => throw new UnreachableException(),
    };
}

public sealed record ProductLabelRow(string TenantId, Guid Id, string Kind, string Name, string Slug, long CreatedPosition);

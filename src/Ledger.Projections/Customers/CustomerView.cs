using Ledger.Domain.Customers;

namespace Ledger.Projections.Customers;

/// <summary>Every customer that is not deleted. What is personal stays sealed: it is opened where it is shown.</summary>
public sealed class CustomerView : View<CustomerRow>
{
    public override string Name => "customers";

    public override int Version => 2;

    public override string Columns => """
        tenant_id text not null, id uuid not null, customer_handle text not null, external_id text, details text,
        auto_send_invoices boolean not null, metadata jsonb, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position) include (created_at)", "(tenant_id, external_id)", "(tenant_id, customer_handle)"];

    public override IReadOnlyList<string> Streams => ["customer"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is CustomerEvent ? [happened.Stream.Id] : [];

    public override CustomerRow? After(CustomerRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        CustomerCreated made => new(
            happened.Tenant, id, made.CustomerHandle, made.ExternalId, made.Details?.Sealed, made.AutoSendInvoices,
            Json.Of(made.Metadata), happened.Version, happened.Position, happened.Headers.EffectiveAt, happened.Headers.EffectiveAt),
        CustomerChanged changed => row! with
        {
            ExternalId = changed.ExternalId, Details = changed.Details?.Sealed, AutoSendInvoices = changed.AutoSendInvoices,
            Metadata = Json.Of(changed.Metadata), Version = happened.Version, UpdatedAt = happened.Headers.EffectiveAt,
        },
        CustomerDeleted => null,
        _ => throw new UnreachableException(),
    };
}

/// <param name="Details">Sealed <see cref="CustomerDetails"/>.</param>
public sealed record CustomerRow(
    string TenantId, Guid Id, string CustomerHandle, string? ExternalId, string? Details, bool AutoSendInvoices,
    [property: JsonColumn] string? Metadata, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);

using Ledger.Domain.Tenancy;

namespace Ledger.Projections.Tenancy;

/// <summary>Every tenant with what finding and scheduling it needs.</summary>
public sealed class TenantView : View<TenantRow>
{
    private const string NoOrigins = "[]";

    public override string Name => "tenants";

    public override int Version => 3;

    public override string Columns => """
        tenant_id text not null, id uuid not null, name text not null, mode text not null, currency text not null,
        zone text not null, created_position bigint not null, created_at timestamptz not null,
        cors_origins jsonb not null
        """;

    public override IReadOnlyList<string> Indexes => ["(name)", "(tenant_id, created_position)", "(created_position)"];

    public override IReadOnlyList<string> Streams => ["tenant"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is TenantEvent ? [happened.Stream.Id] : [];

    public override TenantRow? After(TenantRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        TenantCreated made => new(
            happened.Tenant, id, made.Name, EventTypes.SnakeCase(made.Mode.ToString()), made.Currency.Code, made.Zone.Id,
            happened.Position, happened.Headers.EffectiveAt, NoOrigins),
        TenantSettingsChanged changed => row! with { Name = changed.Name, Currency = changed.Currency.Code, Zone = changed.Zone.Id, CorsOrigins = Json.Of(changed.CorsOrigins) ?? NoOrigins },
        _ => row,
    };
}

public sealed record TenantRow(
    string TenantId, Guid Id, string Name, string Mode, string Currency, string Zone, long CreatedPosition, Instant CreatedAt,
    [property: JsonColumn] string CorsOrigins);

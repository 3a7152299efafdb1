using Ledger.Domain.Classes;

namespace Ledger.Projections.Classes;

/// <summary>Every class session, with the places that are left.</summary>
public sealed class ClassSessionView : View<ClassSessionRow>
{
    public override string Name => "class_sessions";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, name text not null, description text, starts_at timestamptz not null, duration_minutes int,
        capacity int not null, places_left int not null, currency text, price bigint, version bigint not null, created_position bigint not null,
        created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)", "(tenant_id, starts_at, created_position)"];

    public override IReadOnlyList<string> Streams => ["class_session"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is ClassSessionEvent ? [happened.Stream.Id] : [];

    public override ClassSessionRow? After(ClassSessionRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        var after = happened.Event switch
        {
            ClassSessionCreated made => new ClassSessionRow(
                happened.Tenant, id, made.Name, made.Description, made.StartsAt, made.DurationMinutes, made.Capacity, made.Capacity,
                made.Price?.Currency.Code, made.Price?.Amount, happened.Version, happened.Position, at, at),
            ClassPlaceHeld => row! with { PlacesLeft = row.PlacesLeft - 1 },
            ClassPlaceTaken => row!,
            ClassPlaceFreed => row! with { PlacesLeft = row.PlacesLeft + 1 },
            _ => throw new UnreachableException(),
        };
        return after with { Version = happened.Version, UpdatedAt = at };
    }
}

/// <param name="PlacesLeft">Neither taken nor held.</param>
public sealed record ClassSessionRow(
    string TenantId, Guid Id, string Name, string? Description, Instant StartsAt, int? DurationMinutes, int Capacity, int PlacesLeft,
    string? Currency, long? Price, long Version, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);

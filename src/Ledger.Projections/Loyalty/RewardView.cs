using Ledger.Domain.Loyalty;

namespace Ledger.Projections.Loyalty;

/// <summary>Every reward, those that are not active included.</summary>
public sealed class RewardView : View<RewardRow>
{
    public override string Name => "rewards";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, name text not null, description text, points_required bigint not null,
        active boolean not null, created_position bigint not null, created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)"];

    public override IReadOnlyList<string> Streams => ["reward"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is RewardEvent ? [happened.Stream.Id] : [];

    public override RewardRow? After(RewardRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        return happened.Event switch
        {
            RewardCreated made => new(happened.Tenant, id, made.Name, made.Description, made.PointsRequired, made.Active, happened.Position, at, at),
            RewardChanged changed => row! with
            {
                Name = changed.Name, Description = changed.Description, PointsRequired = changed.PointsRequired, Active = changed.Active, UpdatedAt = at,
            },
            _ => throw new UnreachableException(),
        };
    }
}

public sealed record RewardRow(
    string TenantId, Guid Id, string Name, string? Description, long PointsRequired, bool Active, long CreatedPosition, Instant CreatedAt, Instant UpdatedAt);

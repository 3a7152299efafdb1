using Ledger.Domain.Coupons;

namespace Ledger.Projections.Coupons;

/// <summary>Every coupon that was not deleted.</summary>
public sealed class CouponView : View<CouponRow>
{
    public override string Name => "coupons";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, code text not null, terms jsonb not null, description text, version bigint not null,
        created_position bigint not null, created_at timestamptz not null, updated_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, created_position)"];

    public override IReadOnlyList<string> Streams => ["coupon"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is CouponEvent ? [happened.Stream.Id] : [];

    public override CouponRow? After(CouponRow? row, Guid id, StoredEvent happened)
    {
        var at = happened.Headers.EffectiveAt;
        return happened.Event switch
        {
            CouponCreated made => new(
                happened.Tenant, id, made.Code, Json.Of(made.Terms)!, made.Description, happened.Version, happened.Position, at, at),
            CouponChanged changed => row! with
            {
                Terms = Json.Of(changed.Terms)!, Description = changed.Description, Version = happened.Version, UpdatedAt = at,
            },
            CouponDeleted => null,
            _ => throw new UnreachableException($"{happened.Type} has no arm here."),
        };
    }
}

public sealed record CouponRow(
    string TenantId, Guid Id, string Code, [property: JsonColumn] string Terms, string? Description, long Version, long CreatedPosition,
    Instant CreatedAt, Instant UpdatedAt);

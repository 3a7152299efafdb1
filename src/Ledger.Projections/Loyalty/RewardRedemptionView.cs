using Ledger.Domain.Loyalty;

namespace Ledger.Projections.Loyalty;

/// <summary>Every redemption of a reward.</summary>
public sealed class RewardRedemptionView : View<RewardRedemptionRow>
{
    public override string Name => "reward_redemptions";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, reward_id uuid not null, customer_id uuid not null, reward_name text not null,
        points_used bigint not null, redeemed_on date not null, status text not null, created_position bigint not null
        """;

    public override IReadOnlyList<string> Indexes =>
        ["(tenant_id, created_position)", "(tenant_id, customer_id, created_position)", "(tenant_id, status, created_position)"];

    public override IReadOnlyList<string> Streams => ["reward_redemption"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is RewardRedemptionEvent ? [happened.Stream.Id] : [];

    public override RewardRedemptionRow? After(RewardRedemptionRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        RewardRedeemed made => new(
            happened.Tenant, id, made.RewardId.Value, made.CustomerId.Value, made.RewardName, made.PointsUsed, made.On, "pending", happened.Position),
        RewardRedemptionFulfilled => row! with { Status = "fulfilled" },
        RewardRedemptionCancelled => row! with { Status = "cancelled" },
        _ => throw new UnreachableException(),
    };
}

public sealed record RewardRedemptionRow(
    string TenantId, Guid Id, Guid RewardId, Guid CustomerId, string RewardName, long PointsUsed, LocalDate RedeemedOn, string Status, long CreatedPosition);

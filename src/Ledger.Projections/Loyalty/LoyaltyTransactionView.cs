using Ledger.Domain.Loyalty;

namespace Ledger.Projections.Loyalty;

/// <summary>Every change of anybody's points: a row for each event.</summary>
public sealed class LoyaltyTransactionView : View<LoyaltyTransactionRow>
{
    public override string Name => "loyalty_transactions";

    public override int Version => 1;

    public override string Columns => """
        tenant_id text not null, id uuid not null, customer_id uuid not null, type text not null, points bigint not null,
        balance bigint not null, description text, payment_id uuid, refund_id uuid, redemption_id uuid,
        created_position bigint not null, created_at timestamptz not null
        """;

    public override IReadOnlyList<string> Indexes => ["(tenant_id, customer_id, created_position)"];

    public override IReadOnlyList<string> Streams => ["loyalty_account"];

    public override IEnumerable<Guid> Touched(StoredEvent happened) => happened.Event is LoyaltyAccountEvent ? [happened.Id] : [];

    public override LoyaltyTransactionRow? After(LoyaltyTransactionRow? row, Guid id, StoredEvent happened) => happened.Event switch
    {
        LoyaltyPointsEarned earned => Row(happened, earned.CustomerId.Value, "earn", earned.Points, earned.Balance) with { PaymentId = earned.PaymentId.Value },
        LoyaltyPointsSpent spent => Row(happened, spent.CustomerId.Value, "redeem", spent.Points, spent.Balance) with
        {
            Description = spent.RewardName, RedemptionId = spent.RedemptionId.Value,
        },
        LoyaltyPointsReversed reversed => Row(happened, reversed.CustomerId.Value, "reverse", reversed.Points, reversed.Balance) with
        {
            PaymentId = reversed.PaymentId?.Value, RefundId = reversed.RefundId?.Value, RedemptionId = reversed.RedemptionId?.Value,
        },
        LoyaltyPointsAdjusted adjusted => Row(happened, adjusted.CustomerId.Value, "adjust", adjusted.Points, adjusted.Balance) with { Description = adjusted.Reason },
        _ => throw new UnreachableException(),
    };

    private static LoyaltyTransactionRow Row(StoredEvent happened, Guid customer, string type, long points, long balance) => new(
        happened.Tenant, happened.Id, customer, type, points, balance, Description: null, PaymentId: null, RefundId: null, RedemptionId: null,
        happened.Position, happened.Headers.EffectiveAt);
}

public sealed record LoyaltyTransactionRow(
    string TenantId, Guid Id, Guid CustomerId, string Type, long Points, long Balance, string? Description, Guid? PaymentId, Guid? RefundId,
    Guid? RedemptionId, long CreatedPosition, Instant CreatedAt);

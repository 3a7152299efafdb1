using Ledger.Domain.Customers;

namespace Ledger.Domain.Loyalty;

public readonly record struct LoyaltyAccountId(Guid Value) : IId<LoyaltyAccountId>
{
    public static LoyaltyAccountId From(Guid value) => new(value);

    /// <summary>Each customer has one, from the first point on.</summary>
    public static LoyaltyAccountId Of(CustomerId customer) => new(DerivedId.Of(customer.Value, "loyalty_account"));

    public StreamId Stream => new("loyalty_account", Value);
}

public readonly record struct RewardId(Guid Value) : IId<RewardId>
{
    public static RewardId From(Guid value) => new(value);

    public StreamId Stream => new("reward", Value);
}

public readonly record struct RewardRedemptionId(Guid Value) : IId<RewardRedemptionId>
{
    public static RewardRedemptionId From(Guid value) => new(value);

    public StreamId Stream => new("reward_redemption", Value);
}

namespace Ledger.Api.Loyalty;

internal static class LoyaltyRoutes
{
    public static void MapLoyalty(this IEndpointRouteBuilder api)
    {
        api.MapRewards();
        api.MapGroup("/rewards").WithTags("Loyalty").MapRedeemReward();
        api.MapRewardRedemptions();
        api.MapLoyaltyAccounts();
    }
}

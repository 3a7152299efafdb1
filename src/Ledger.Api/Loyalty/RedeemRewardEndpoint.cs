using Ledger.Domain.Customers;
using Ledger.Domain.Loyalty;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Loyalty;

internal static class RedeemRewardEndpoint
{
    private const int PerMinute = 5;

    public static void MapRedeemReward(this IEndpointRouteBuilder rewards) => rewards
        .MapPost("/{reward_id:guid}/redeem", Redeem).Is("redeemReward", "Give points for a reward. Staff say for which customer.", Who.CustomerOwn)
        .AtMost(PerMinute).Keyed().Takes<Request>().Produces<RedeemedResponse>()
        .Rejects(RewardRejections.NotFound, CustomerRejections.NotFound, LoyaltyRejections.InsufficientPoints);

    private static async Task<IResult> Redeem([FromRoute(Name = "reward_id")] Guid rewardId, Body<Request> body, Call call, CancellationToken ct)
    {
        var customer = call.Only(body.Value.CustomerId?.Value);
        Check.That(customer is not null, "/customer_id", "required", "Staff say whose points they are.").OrRefuse();
        var command = new RedeemReward(new(Guid.CreateVersion7()), new(rewardId), new(customer!.Value), call.Today);
        return await call.Run(command, outcome =>
        {
            var (state, version) = outcome.Of<RewardRedemption>(command.Id.Stream);
            var (account, _) = outcome.Of<LoyaltyAccount>(LoyaltyAccountId.Of(command.CustomerId).Stream);
            return Answer.Ok(RedeemedResponse.From((RewardRedemption.Known)state, account), version);
        }, ct);
    }

    /// <param name="CustomerId">Whose points they are: said by staff; customers give their own.</param>
    internal sealed record Request(CustomerId? CustomerId = null);
}

/// <summary>A redemption just made.</summary>
/// <param name="NewBalance">The points that are left.</param>
public sealed record RedeemedResponse(
    RewardRedemptionId Id, RewardId RewardId, string RewardName, CustomerId CustomerId, long PointsUsed, LocalDate RedeemedOn,
    RewardRedemptionStatus Status, long NewBalance)
{
    public static RedeemedResponse From(RewardRedemption.Known known, LoyaltyAccount account) => new(
        known.Id, known.RewardId, known.RewardName, known.CustomerId, known.PointsUsed, known.RedeemedOn, known.Status, account.Balance);
}

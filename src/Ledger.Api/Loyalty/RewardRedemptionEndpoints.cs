using Ledger.Domain.Customers;
using Ledger.Domain.Loyalty;
using Ledger.Projections;
using Ledger.Projections.Loyalty;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Loyalty;

internal static class RewardRedemptionEndpoints
{
    public static void MapRewardRedemptions(this IEndpointRouteBuilder api)
    {
        var redemptions = api.MapGroup("/reward-redemptions").WithTags("Loyalty");
        _ = redemptions.MapGet("/", List).Is("listRewardRedemptions", "List redemptions, newest first; by customer_id, reward_id and status.", Who.CustomerOwn)
            .Lists<RewardRedemptionResponse>();
        _ = redemptions.MapPost("/{reward_redemption_id:guid}/fulfil", Fulfil).Is("fulfilRewardRedemption", "The customer got the reward.", Who.Staff)
            .Produces<RewardRedemptionResponse>().Rejects(RewardRedemptionRejections.NotFound, RewardRedemptionRejections.Cancelled);
        _ = redemptions.MapPost("/{reward_redemption_id:guid}/cancel", Cancel).Is("cancelRewardRedemption", "The customer does not get it: the points come back.", Who.Staff)
            .Produces<RewardRedemptionResponse>().Rejects(RewardRedemptionRejections.NotFound, RewardRedemptionRejections.Fulfilled);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var found = await listing.Read<RewardRedemptionRow>(call.Tenant, "reward_redemptions", page.Wanted,
            [
                ("customer_id = {0}", call.Only(Filter.Id(http, "customer_id"))), ("reward_id = {0}", Filter.Id(http, "reward_id")),
                ("status = {0}", Filter.Word<RewardRedemptionStatus>(http, "status")),
            ], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, RewardRedemptionResponse.From), LedgerJson.Options);
    }

    private static Task<IResult> Fulfil([FromRoute(Name = "reward_redemption_id")] Guid rewardRedemptionId, Call call, CancellationToken ct) => call.Run(
        new FulfilRewardRedemption(new(rewardRedemptionId)),
        outcome => Answer.Ok(RewardRedemptionResponse.From((RewardRedemption.Known)outcome.State), outcome.Version), ct);

    private static Task<IResult> Cancel([FromRoute(Name = "reward_redemption_id")] Guid rewardRedemptionId, Call call, CancellationToken ct) => call.Run(
        new CancelRewardRedemption(new(rewardRedemptionId), call.Today), outcome =>
        {
            var (state, version) = outcome.Of<RewardRedemption>(new RewardRedemptionId(rewardRedemptionId).Stream);
            return Answer.Ok(RewardRedemptionResponse.From((RewardRedemption.Known)state), version);
        }, ct);
}

/// <summary>A redemption of a reward on the wire.</summary>
/// <param name="RewardName">What it was called when it was redeemed.</param>
/// <param name="RedeemedOn">In the tenant's zone.</param>
public sealed record RewardRedemptionResponse(
    RewardRedemptionId Id, RewardId RewardId, string RewardName, CustomerId CustomerId, long PointsUsed, LocalDate RedeemedOn, RewardRedemptionStatus Status)
{
    public static RewardRedemptionResponse From(RewardRedemption.Known known) =>
        new(known.Id, known.RewardId, known.RewardName, known.CustomerId, known.PointsUsed, known.RedeemedOn, known.Status);

    public static RewardRedemptionResponse From(RewardRedemptionRow row) => new(
        new(row.Id), new(row.RewardId), row.RewardName, new(row.CustomerId), row.PointsUsed, row.RedeemedOn,
        Enum.Parse<RewardRedemptionStatus>(row.Status, ignoreCase: true));
}

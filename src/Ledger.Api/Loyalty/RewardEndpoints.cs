using Ledger.Domain.Loyalty;
using Ledger.Projections;
using Ledger.Projections.Loyalty;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Loyalty;

internal static class RewardEndpoints
{
    public static void MapRewards(this IEndpointRouteBuilder api)
    {
        var rewards = api.MapGroup("/rewards").WithTags("Loyalty");
        _ = rewards.MapPost("/", Create).Is("createReward", "Offer a reward for points.", Who.Admin)
            .Takes<RewardRequest>().Produces<RewardResponse>(201).Keyed();
        _ = rewards.MapGet("/", List).Is("listRewards", "List rewards, newest first; by active. Customers see those that can be redeemed.", Who.CustomerOwn)
            .Lists<RewardResponse>();
        _ = rewards.MapGet("/{reward_id:guid}", Get).Is("getReward", "Read a reward.", Who.CustomerOwn)
            .Reads<RewardResponse>().Rejects(RewardRejections.NotFound);
        _ = rewards.MapPatch("/{reward_id:guid}", Change).Is("updateReward", "Change a reward; what is absent stays. What was redeemed stays in any case.", Who.Admin)
            .Takes<RewardRequest>().Produces<RewardResponse>().Rejects(RewardRejections.NotFound);
    }

    private static async Task<IResult> Create(Body<RewardRequest> body, Call call, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: true);
        var command = new CreateReward(new(Guid.CreateVersion7()), request.Name!, request.Description, request.PointsRequired!.Value, request.Active ?? true);
        return await call.Run(command, outcome => Answer.Created(
            $"/api/v1/rewards/{command.Id.Value}", RewardResponse.From((Reward.Known)outcome.State), outcome.Version), ct);
    }

    private static async Task<IResult> List(HttpContext http, Call call, Page page, Listing listing, CancellationToken ct)
    {
        var active = Filter.Flag(http, "active");
        var found = await listing.Read<RewardRow>(
            call.Tenant, "rewards", page.Wanted,
            [("active = {0}", active), ("active = {0}", call.Caller.Customer is null ? null : true)], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, RewardResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Get([FromRoute(Name = "reward_id")] Guid rewardId, Call call, StateReader states, CancellationToken ct) =>
        await states.WithVersion<Reward, RewardEvent>(call.Tenant, new RewardId(rewardId).Stream, ct) is (Reward.Known known, var version)
            && (known.Active || call.Caller.Customer is null)
            ? new AnswerResult(Answer.Ok(RewardResponse.From(known), version))
            : throw new ProblemException(Problem.Of(RewardRejections.NotFound));

    private static async Task<IResult> Change(
        [FromRoute(Name = "reward_id")] Guid rewardId, Body<RewardRequest> body, Call call, StateReader states, CancellationToken ct)
    {
        var request = body.Value;
        request.OrRefuse(isNew: false);
        return await states.Merge<Reward.Known, Reward, RewardEvent>(call, new RewardId(rewardId).Stream, RewardRejections.NotFound, (known, on) => call.Run(
            new ChangeReward(
                known.Id, request.Name ?? known.Name, request.Description ?? known.Description, request.PointsRequired ?? known.PointsRequired,
                request.Active ?? known.Active),
            outcome => Answer.Ok(RewardResponse.From((Reward.Known)outcome.State), outcome.Version), ct, on), ct);
    }
}

/// <summary>What a request may say of a reward. What is absent stays as it is.</summary>
/// <param name="PointsRequired">What it costs.</param>
/// <param name="Active">Whether it can be redeemed; true if a new one says nothing.</param>
public sealed record RewardRequest(string? Name = null, string? Description = null, long? PointsRequired = null, bool? Active = null)
{
    private const long PointsMax = 1_000_000_000_000;

    public void OrRefuse(bool isNew) => new Check()
        .And(!isNew || Name is not null, "/name", "required", "A reward has a name.").Text(Name, "/name", 200).Text(Description, "/description", 2000)
        .And(!isNew || PointsRequired is not null, "/points_required", "required", "A reward costs points.")
        .And(PointsRequired is null or (>= 1 and <= PointsMax), "/points_required", "out_of_range", $"From 1 to {PointsMax}.").OrRefuse();
}

/// <summary>A reward on the wire.</summary>
public sealed record RewardResponse(RewardId Id, string Name, string? Description, long PointsRequired, bool Active)
{
    public static RewardResponse From(Reward.Known known) => new(known.Id, known.Name, known.Description, known.PointsRequired, known.Active);

    public static RewardResponse From(RewardRow row) => new(new(row.Id), row.Name, row.Description, row.PointsRequired, row.Active);
}

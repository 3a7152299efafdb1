using Ledger.Api.Customers;
using Ledger.Domain.Customers;
using Ledger.Domain.Loyalty;
using Ledger.Projections;
using Ledger.Projections.Loyalty;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Loyalty;

internal static class LoyaltyAccountEndpoints
{
    private const string Path = "/{customer_id:guid}/loyalty-account";

    public static void MapLoyaltyAccounts(this IEndpointRouteBuilder api)
    {
        var customers = api.MapGroup("/customers").WithTags("Loyalty");
        _ = customers.MapGet(Path, Get).Is("getLoyaltyAccount", "A customer's points.", Who.CustomerOwn)
            .Reads<LoyaltyAccountResponse>().Rejects(CustomerRejections.NotFound);
        _ = customers.MapGet($"{Path}/transactions", List).Is("listLoyaltyTransactions", "What a customer's points came from and went to, newest first.", Who.CustomerOwn)
            .Lists<LoyaltyTransactionResponse>().Rejects(CustomerRejections.NotFound);
        _ = customers.MapPost($"{Path}/adjustments", Adjust).Is("adjustLoyaltyPoints", "Give a customer points by hand, or take some.", Who.Staff)
            .Keyed().Takes<Request>().Produces<LoyaltyAccountResponse>().Rejects(CustomerRejections.NotFound, LoyaltyRejections.InsufficientPoints);
    }

    private static async Task<IResult> Get([FromRoute(Name = "customer_id")] Guid customerId, Call call, StateReader states, CancellationToken ct)
    {
        await states.MustHave(call, new(customerId), ct);
        var (account, version) = await states.WithVersion<LoyaltyAccount, LoyaltyAccountEvent>(call.Tenant, LoyaltyAccountId.Of(new(customerId)).Stream, ct);
        return new AnswerResult(Answer.Ok(LoyaltyAccountResponse.From(new(customerId), account), version));
    }

    private static async Task<IResult> List(
        [FromRoute(Name = "customer_id")] Guid customerId, Call call, Page page, Listing listing, StateReader states, CancellationToken ct)
    {
        await states.MustHave(call, new(customerId), ct);
        var found = await listing.Read<LoyaltyTransactionRow>(
            call.Tenant, "loyalty_transactions", page.Wanted, [("customer_id = {0}", customerId)], row => row.CreatedPosition, ct);
        return TypedResults.Json(page.Answer(found, LoyaltyTransactionResponse.From), LedgerJson.Options);
    }

    private static async Task<IResult> Adjust([FromRoute(Name = "customer_id")] Guid customerId, Body<Request> body, Call call, CancellationToken ct)
    {
        const long pointsMax = 1_000_000_000_000;
        var request = body.Value;
        new Check().And(request.Points is not 0 and >= -pointsMax and <= pointsMax, "/points", "out_of_range", $"At most {pointsMax} to give or, below 0, to take.")
            .Text(request.Reason, "/reason", 500).OrRefuse();
        var command = new AdjustLoyaltyPoints(new(customerId), Guid.CreateVersion7(), request.Points, request.Reason, call.Today);
        return await call.Run(command, outcome =>
        {
            var (account, version) = outcome.Of<LoyaltyAccount>(LoyaltyAccountId.Of(command.CustomerId).Stream);
            return Answer.Ok(LoyaltyAccountResponse.From(command.CustomerId, account), version);
        }, ct);
    }

    /// <param name="Points">What to give; below 0 to take.</param>
    internal sealed record Request(long Points, string Reason);
}

/// <summary>A customer's points on the wire.</summary>
/// <param name="Points">Below 0 when more was refunded than is left.</param>
/// <param name="TotalEarned">By payments, less what went with refunds.</param>
/// <param name="TotalRedeemed">For rewards, less what came back.</param>
public sealed record LoyaltyAccountResponse(CustomerId CustomerId, long Points, long TotalEarned, long TotalRedeemed)
{
    public static LoyaltyAccountResponse From(CustomerId customer, LoyaltyAccount account) =>
        new(customer, account.Balance, account.TotalEarned, account.TotalRedeemed);
}

/// <summary>A change of points on the wire.</summary>
/// <param name="Type"><c>earn</c>, <c>redeem</c>, <c>reverse</c> or <c>adjust</c>.</param>
/// <param name="Points">Below 0 for what was taken.</param>
/// <param name="Balance">After it.</param>
/// <param name="Description">The reward, or the reason; absent where a payment says all.</param>
public sealed record LoyaltyTransactionResponse(
    Guid Id, CustomerId CustomerId, string Type, long Points, long Balance, string? Description, Guid? PaymentId, Guid? RefundId, Guid? RedemptionId,
    Instant CreatedAt)
{
    public static LoyaltyTransactionResponse From(LoyaltyTransactionRow row) => new(
        row.Id, new(row.CustomerId), row.Type, row.Points, row.Balance, row.Description, row.PaymentId, row.RefundId, row.RedemptionId, row.CreatedAt);
}

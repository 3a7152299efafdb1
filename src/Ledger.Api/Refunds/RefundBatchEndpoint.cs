using System.Globalization;
using Ledger.Domain.Amounts;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.People;
using Ledger.Domain.Refunds;

namespace Ledger.Api.Refunds;

/// <summary>Many refunds at once. Each is for itself: what cannot be refunded says so, and the others go on.</summary>
internal static class RefundBatchEndpoint
{
    private const int ItemsMax = 100;

    public static void MapRefundBatches(this IEndpointRouteBuilder api) => api
        .MapPost("/refund-batches", Create).WithTags("Refunds")
        .Is("batchRefundOrders", "Ask for up to 100 orders or payments to be refunded; each has a result of its own.", Who.Staff)
        .Takes<Request>().Produces<RefundBatchResponse>().Keyed(movesMoney: true);

    private static async Task<IResult> Create(Body<Request> body, Call call, Refunding refunding, CommandHandler commands, CancellationToken ct)
    {
        var items = body.Value.Refunds;
        Check.That(items is { Count: >= 1 and <= ItemsMax }, "/refunds", "out_of_range", $"From 1 to {ItemsMax}.")
            .And(items?.All(one => one is not null && one.PaymentId is null != one.OrderId is null) ?? true, "/refunds", "one_of", "Each is of a payment or of an order.")
            .Text(body.Value.Reason, "/reason", 500).OrRefuse();
        if (await call.Before(ct) is { } again) return again;

        var results = new List<RefundBatchResult>(items!.Count);
        for (var i = 0; i < items.Count; i++) results.Add(await Refund(items[i], i, body.Value.Reason, call, refunding, commands, ct));
        return await call.Run(new NothingMore(), _ => new Answer(200, new RefundBatchResponse(results)), ct);
    }

    /// <summary>The refund's id follows from the request and its place in it: a batch that was broken off goes on where it was.</summary>
    private static async Task<RefundBatchResult> Refund(
        Item item, int place, string? reason, Call call, Refunding refunding, CommandHandler commands, CancellationToken ct)
    {
        var (payment, missing) = await refunding.PaymentOf(call, item.PaymentId, item.OrderId, ct);
        if (missing is not null) return RefundBatchResult.Refused(item, call.Tell(missing));
        var id = new RefundId(DerivedId.Of(call.IdOf("refund_batch"), place.ToString(CultureInfo.InvariantCulture)));
        var command = new RequestRefund(
            id, payment!.Value, item.Amount, reason, call.Caller.Id.ToString(), call.Caller.May(Permission.ApproveRefunds), call.Today);
        var outcome = await commands.Handle(command, call.Context with { Request = null }, ct);
        return outcome.Rejection is { } no
            ? RefundBatchResult.Refused(item, call.Tell(no))
            : new(item.PaymentId, item.OrderId, RefundResponse.From((await refunding.Find(call, id, ct)).Refund), null);
    }

    /// <summary>All has been written by then: only the answer is kept.</summary>
    private sealed record NothingMore : IJointCommand
    {
        public ValueTask<JointDecision> Decide(IStates states) => JointDecision.Nothing;
    }

    internal sealed record Request(IReadOnlyList<Item> Refunds, string? Reason = null);

    /// <param name="PaymentId">Either this or the order that it paid.</param>
    /// <param name="Amount">Absent for all that is left.</param>
    internal sealed record Item(PaymentId? PaymentId = null, OrderId? OrderId = null, Money? Amount = null);
}

public sealed record RefundBatchResponse(IReadOnlyList<RefundBatchResult> Results);

/// <summary>What became of one refund of a batch.</summary>
/// <param name="Refund">As it was asked for; it is sent by itself.</param>
/// <param name="Error">Why it was refused; absent when it was not.</param>
public sealed record RefundBatchResult(PaymentId? PaymentId, OrderId? OrderId, RefundResponse? Refund, RefundBatchError? Error)
{
    internal static RefundBatchResult Refused(RefundBatchEndpoint.Item item, Problem problem) =>
        new(item.PaymentId, item.OrderId, null, new(problem.Status, problem.Code, problem.Title, problem.Detail));
}

public sealed record RefundBatchError(int Status, string Code, string Title, string? Detail);

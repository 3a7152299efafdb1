using Ledger.Domain.Amounts;
using Ledger.Domain.Balances;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.People;
using Ledger.Domain.Refunds;
using Ledger.Domain.Subscriptions;
using Ledger.EventStore.Idempotency;

namespace Ledger.Api.Refunds;

internal static class CreateRefundEndpoint
{
    public static void MapCreateRefund(this IEndpointRouteBuilder refunds) => refunds
        .MapPost("/", Create).Is("createRefund", "Ask for money to go back. Who may approve refunds has it made at once.", Who.Staff)
        .Takes<Request>().Produces<RefundResponse>(201).Produces<RefundResponse>(202).Keyed(movesMoney: true)
        .Rejects(PaymentRejections.NotFound, OrderRejections.NotFound, RefundRejections.NotRefundable, RefundRejections.NothingLeft, RefundRejections.TooMuch,
            BalanceRejections.AmountNotPositive, Domain.Classes.ClassCreditRejections.InUse, SubscriptionRejections.CurrencyMismatch);

    private static async Task<IResult> Create(Body<Request> body, Call call, Refunding refunding, CancellationToken ct)
    {
        var request = body.Value;
        new Check().Text(request.Reason, "/reason", 500)
            .And(request.PaymentId is null != request.OrderId is null, "", "one_of", "Either a payment or an order.").OrRefuse();
        var (payment, missing) = await refunding.PaymentOf(call, request.PaymentId, request.OrderId, ct);
        if (missing is not null) throw new ProblemException(Problem.Of(missing));
        var id = new RefundId(Guid.CreateVersion7());
        var command = new RequestRefund(
            id, payment!.Value, request.Amount, request.Reason, call.Caller.Id.ToString(), call.Caller.May(Permission.ApproveRefunds), call.Today);
        return await refunding.Run(call, id, command, ct);
    }

    /// <param name="PaymentId">Either this or the order that it paid.</param>
    /// <param name="Amount">Absent for all that is left.</param>
    internal sealed record Request(PaymentId? PaymentId = null, OrderId? OrderId = null, Money? Amount = null, string? Reason = null);
}

/// <summary>Begins a refund, and waits a while for what the provider says.</summary>
internal sealed class Refunding(StateReader states, CommandHandler commands, Waiting waiting)
{
    /// <remarks>The key stays pending until the refund has ended or waits for approval: a repeat takes up the same refund.</remarks>
    public async Task<IResult> Run(Call call, RefundId id, IJointCommand command, CancellationToken ct)
    {
        try
        {
            var outcome = await commands.Handle(command, call.Context, ct, seen => seen.Rejection is { } no ? call.Refusal(no).ToStored() : null);
            if (outcome.Rejection is { } refused) return new AnswerResult(call.Refusal(refused));
        }
        catch (RequestKnownException repeat)
        {
            if (repeat.Known.Kind is not KnownRequestKind.Pending || repeat.Known.Stream is not { } begun) return Call.Repeat(repeat.Known);
            id = new(begun);
        }

        return await TakeUp(call, id, ct);
    }

    /// <summary>The payment that is meant: the one named, or the one that paid the order.</summary>
    public async Task<(PaymentId? Payment, Rejection? Missing)> PaymentOf(Call call, PaymentId? payment, OrderId? order, CancellationToken ct)
    {
        if (payment is not null) return (payment, null);
        return await states.Of<Order, OrderEvent>(call.Tenant, order!.Value.Stream, ct) switch
        {
            Order.Known { PaymentId: { } paid } => (paid, null),
            Order.Known => (null, RefundRejections.NotRefundable),
            _ => (null, OrderRejections.NotFound),
        };
    }

    /// <summary>The refund, as soon as it waits for nobody but a person.</summary>
    private async Task<IResult> TakeUp(Call call, RefundId id, CancellationToken ct)
    {
        var ended = await Ended(call, id, ct);
        if (ended is null) return new AnswerResult(Answer.Accepted($"/api/v1/refunds/{id.Value}", RefundResponse.From((await Find(call, id, ct)).Refund)));
        var answer = Answer.Created($"/api/v1/refunds/{id.Value}", RefundResponse.From(ended.Item1), ended.Item2);
        await commands.End(call.Context, answer.ToStored(), ct);
        return new AnswerResult(answer);
    }

    /// <summary>Approves one, and waits a while as for one that is made at once.</summary>
    public async Task<IResult> Approve(Call call, ApproveRefund command, CancellationToken ct)
    {
        var outcome = await commands.Handle(command, call.Context, ct);
        if (outcome.Rejection is { } refused) return new AnswerResult(call.Refusal(refused));
        var ended = await Ended(call, command.Id, ct);
        return new AnswerResult(
            ended is null
                ? Answer.Accepted($"/api/v1/refunds/{command.Id.Value}", RefundResponse.From((await Find(call, command.Id, ct)).Refund))
                : Answer.Ok(RefundResponse.From(ended.Item1), ended.Item2), outcome.Position);
    }

    /// <summary>Null when it takes longer.</summary>
    private Task<Tuple<Refund.Known, long>?> Ended(Call call, RefundId id, CancellationToken ct) => waiting.For(
        async () => await Find(call, id, ct) is ({ Status: not RefundStatus.Processing } known, var version) ? Tuple.Create(known, version) : null, ct);

    /// <exception cref="ProblemException">The tenant has no such refund.</exception>
    public async Task<(Refund.Known Refund, long Version)> Find(Call call, RefundId id, CancellationToken ct) =>
        await states.WithVersion<Refund, RefundEvent>(call.Tenant, id.Stream, ct) is (Refund.Known known, var version)
            ? (known, version)
            : throw new ProblemException(Problem.Of(RefundRejections.NotFound));
}

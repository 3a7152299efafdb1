using Ledger.Api.Payments;
using Ledger.Api.Subscriptions;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace Ledger.Api.Orders;

/// <summary>Charge an order to a method that its customer has, or let a subscription take its place.</summary>
internal static class OrderPaymentEndpoints
{
    private static readonly Rejection[] NotCharged =
    [
        OrderRejections.NotFound, OrderRejections.AlreadyPaid, OrderRejections.Cancelled, PaymentRejections.Pending, PaymentMethodRejections.NotFound,
        PaymentMethodRejections.Inactive, PaymentRejections.CardDeclined,
    ];

    public static void MapOrderPayments(this IEndpointRouteBuilder orders)
    {
        _ = orders.MapPost("/{order_id:guid}/charge", Charge).Is("chargeOrder", "Charge an order to a payment method of its customer.", Who.Admin)
            .Takes<ChargeRequest>().Produces<OrderResponse>().Produces<PaymentResponse>(202).Keyed(movesMoney: true).Rejects(NotCharged);
        _ = orders.MapPost("/{order_id:guid}/settle", Settle)
            .Is("settleOrder", "Settle an order: mode 'charge' charges it, mode 'plan' lets a subscription to its items take its place.", Who.CustomerOwn)
            .Takes<SettleRequest>().Produces<OrderResponse>().Produces<PaymentResponse>(202).Keyed(movesMoney: true).AtMost(10)
            .Rejects([.. NotCharged, OrderRejections.WithoutItems, OrderRejections.Invoiced, SubscriptionRejections.FrequencyNotOffered]);
    }

    private static Task<IResult> Charge(
        [FromRoute(Name = "order_id")] Guid orderId, Body<ChargeRequest> body, Call call, OrderPayments payments, CancellationToken ct) =>
        payments.Charge(call, new(orderId), body.Value.PaymentMethodId, ct);

    private static Task<IResult> Settle(
        [FromRoute(Name = "order_id")] Guid orderId, Body<SettleRequest> body, Call call, OrderPayments payments, CancellationToken ct)
    {
        var request = body.Value;
        Check.That(request.Mode is SettleMode.Charge || request.Frequency is not null, "/frequency", "required", "A plan has a frequency.")
            .And(request.Mode is SettleMode.Plan || request.Frequency is null, "/frequency", "not_recurring", "A charge has no frequency.")
            .And(request.Mode is SettleMode.Charge || request.PaymentMethodId is null, "/payment_method_id", "not_charged", "A plan is charged to the customer's default.").OrRefuse();
        if (request.Mode is SettleMode.Charge) return payments.Charge(call, new(orderId), request.PaymentMethodId, ct);
        var command = new SettleOrderByPlan(new(orderId), new(call.IdOf("order_plan")), call.Caller.Tenant.Id, request.Frequency!, call.Today);
        return call.Run(command.Offered(call), outcome =>
        {
            var (state, version) = outcome.Of<Order>(new OrderId(orderId).Stream);
            return Answer.Ok(OrderResponse.From((Order.Known)state), version);
        }, ct);
    }

    /// <param name="PaymentMethodId">Absent for the customer's default.</param>
    internal sealed record ChargeRequest(PaymentMethodId? PaymentMethodId = null);

    internal sealed record SettleRequest(SettleMode Mode, PaymentMethodId? PaymentMethodId = null, Frequency? Frequency = null);
}

public enum SettleMode { Charge, Plan }

/// <summary>Charges orders, and answers with the order as it is then.</summary>
internal sealed class OrderPayments(Paying paying, StateReader states)
{
    public Task<IResult> Charge(Call call, OrderId order, PaymentMethodId? method, CancellationToken ct)
    {
        var payment = new PaymentId(call.IdOf("order_payment"));
        var command = new PayOrder(order, payment, method, Card: null, CardProvider: null, CapturesLater: false, call.Today);
        return paying.Run(call, new OrderPaid(payment, states, call, order), command, ct);
    }

    private sealed class OrderPaid(PaymentId payment, StateReader states, Call call, OrderId order) : Awaited(payment)
    {
        public override async ValueTask<Answer> Tell(Payment.Known payment, long version, CancellationToken ct) => await Told(ct);

        /// <summary>The customer's balance paid all of it.</summary>
        public override async ValueTask<Answer?> Without(CancellationToken ct) =>
            (await states.FindOrder(call, order.Value, ct)).Order is { Status: OrderStatus.Paid, PaymentId: null } ? await Told(ct) : null;

        private async ValueTask<Answer> Told(CancellationToken ct)
        {
            var (now, version) = await states.FindOrder(call, order.Value, ct);
            return Answer.Ok(OrderResponse.From(now), version);
        }
    }
}

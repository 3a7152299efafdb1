using Ledger.Domain.Customers;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Orders;

/// <summary>Charge an order: to a method that its customer has, or to a card that is given this once. One of items gets its invoice first.</summary>
/// <remarks>
/// Refuses with <c>order_not_found</c>, <c>customer_not_found</c> for a deleted one, <c>order_already_paid</c>, <c>order_cancelled</c>, <c>payment_pending</c> while a payment of it
/// or of its invoice is under way, <c>payment_method_not_found</c>, <c>payment_method_inactive</c>. The customer's balance pays first what
/// it can of an order of items; when that is all of it, no payment is begun. Source: rules PAY-6, C-P10.
/// </remarks>
/// <param name="PaymentId">Of the payment that is begun.</param>
/// <param name="PaymentMethodId">Null for the customer's default.</param>
/// <param name="Card">Null to charge a method that is kept.</param>
/// <param name="CardProvider">Who made the card's token.</param>
/// <param name="CapturesLater">Whether the money is only held.</param>
public sealed record PayOrder(
    OrderId Id, PaymentId PaymentId, PaymentMethodId? PaymentMethodId, OneTimeCard? Card, string? CardProvider, bool CapturesLater,
    LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Order, OrderEvent>(Id.Stream) is not Order.Known order) return OrderRejections.NotFound;
        if (await states.OfNew<Payment, PaymentEvent>(PaymentId.Stream) is not Payment.Unknown) return JointDecision.Nothing;
        if (await ChargeableCustomer.Refusal(states, order.CustomerId) is { } gone) return gone;
        if (order.NotPayable is { } refusal) return refusal;
        var (method, missing) = Card is null ? await Method(states, order.CustomerId) : (null, null);
        if (missing is not null) return missing;

        var (open, decision) = await OrderInvoice.Issue(states, order, Today);
        if (decision.Rejection is not null || open.Amount == 0) return decision;
        return decision
            .Append(PaymentId.Stream, new PaymentInitiated(
                PaymentId, order.HasItems ? order.Invoice : null, order.CustomerId, SubscriptionId: null, open, method?.Id, method?.Provider ?? CardProvider,
                Today, new(PurchaseKind.Order, Id.Value), Card, CapturesLater))
            .Append(Id.Stream, new OrderPaymentBegun(Id, PaymentId, Today));
    }

    private async ValueTask<(PaymentMethod? Method, Rejection? Missing)> Method(IStates states, CustomerId? customer)
    {
        if (customer is not { } of) return (null, PaymentMethodRejections.NotFound);
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(of));
        if (PaymentMethodId is { } wanted && wallet.Find(wanted) is not { IsActive: true })
            return (null, wallet.Find(wanted) is null ? PaymentMethodRejections.NotFound : PaymentMethodRejections.Inactive);
        return wallet.Chargeable(PaymentMethodId) is { } method ? (method, null) : (null, PaymentMethodRejections.NotFound);
    }
}

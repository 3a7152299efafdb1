using Ledger.Domain.Balances;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Orders;

/// <summary>What the end of a payment means to the order that it is for.</summary>
internal static class OrderSettlement
{
    /// <summary>Lets captured money pay an order of an amount alone. What it does not need goes to its customer's balance.</summary>
    public static async ValueTask ByPayment(IStates states, OrderId id, Payment.Known payment, Money amount, LocalDate on, JointDecision decision)
    {
        if (await states.Of<Order, OrderEvent>(id.Stream) is not Order.Known order) return;
        var pays = order.IsPayable ? (amount < order.Rest || order.CustomerId is null ? amount : order.Rest) : Money.Zero(amount.Currency);
        if (pays.Amount > 0) _ = decision.Append(id.Stream, pays < order.Rest ? new OrderPartiallyPaid(id, pays, on, payment.Id) : new OrderPaid(id, pays, on, payment.Id));
        if (amount <= pays || order.CustomerId is not { } customer) return;

        var balance = await states.Of<CustomerBalance, BalanceEvent>(BalanceId.Of(customer).Stream);
        var grown = balance.Grow(customer, BalanceSource.Overpayment, payment.Id.Value, amount - pays, on);
        _ = decision.Append(grown.Id.Stream, grown);
    }

    /// <summary>Says that the customer's balance has paid an invoice, and so the order that it is for.</summary>
    public static async ValueTask ByBalance(IStates states, Invoice.Known invoice, LocalDate on, JointDecision decision)
    {
        if (invoice.Order is { } id && await states.Of<Order, OrderEvent>(new OrderId(id).Stream) is Order.Known { IsPayable: true } order)
            _ = decision.Append(order.Id.Stream, new OrderPaid(order.Id, order.Amount, on, InvoiceId: invoice.Id));
    }

    /// <summary>Says that part of an invoice is paid, and so part of the order that it is for.</summary>
    public static async ValueTask InPart(IStates states, Invoice.Known invoice, Money amount, PaymentId payment, LocalDate on, JointDecision decision)
    {
        if (invoice.Order is { } id && await states.Of<Order, OrderEvent>(new OrderId(id).Stream) is Order.Known { IsPayable: true } order)
            _ = decision.Append(order.Id.Stream, new OrderPartiallyPaid(order.Id, amount, on, payment, invoice.Id));
    }

    /// <summary>Says that a payment ended without paying its order; one that was paid otherwise meanwhile stays paid.</summary>
    /// <remarks>An order of a subscription's period fails once, however often its payment is tried.</remarks>
    public static async ValueTask Fail(IStates states, Payment.Known payment, string code, LocalDate on, JointDecision decision)
    {
        if (payment.For is { Kind: PurchaseKind.Order } bought)
        {
            var id = new OrderId(bought.Id);
            if (await states.Of<Order, OrderEvent>(id.Stream) is Order.Known { IsPayable: true } order && order.UnderWay == payment.Id)
                _ = decision.Append(id.Stream, new OrderFailed(id, payment.Id, code, on));
        }
        else if (payment is { SubscriptionId: not null, InvoiceId: { } invoice }) await FailPeriod(states, invoice, payment.Id, code, on, decision);
    }

    private static async ValueTask FailPeriod(IStates states, InvoiceId invoice, PaymentId payment, string code, LocalDate on, JointDecision decision)
    {
        if (await states.Of<Invoice, InvoiceEvent>(invoice.Stream) is Invoice.Known { Order: { } of }
            && await states.Of<Order, OrderEvent>(new OrderId(of).Stream) is Order.Known { Status: OrderStatus.Created, UnderWay: null } order)
            _ = decision.Append(order.Id.Stream, new OrderFailed(order.Id, payment, code, on));
    }

    /// <summary>Says that all that was paid has gone back.</summary>
    public static async ValueTask Refund(IStates states, OrderId id, PaymentId payment, Refunds.RefundId refund, LocalDate on, JointDecision decision)
    {
        if (await states.Of<Order, OrderEvent>(id.Stream) is not Order.Known { Status: OrderStatus.Paid or OrderStatus.PartiallyPaid, UnderWay: null } order) return;
        if (!order.PaidBy.Contains(payment)) return;
        foreach (var other in order.PaidBy.Remove(payment))
            if (await states.Of<Payment, PaymentEvent>(other.Stream) is not Payment.Known { Status: PaymentStatus.Refunded }) return;
        _ = decision.Append(id.Stream, new OrderRefunded(id, refund, on));
    }
}

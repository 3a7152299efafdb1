using Ledger.Domain.Balances;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Invoices;

/// <summary>What money does to an invoice: it settles what is open, and what is too much is the customer's.</summary>
internal static class Settlement
{
    /// <summary>Lets captured money settle what it is for: an invoice, and the order of it, or an order that has none.</summary>
    public static async ValueTask ByPayment(IStates states, Payment.Known payment, Money amount, LocalDate on, JointDecision decision)
    {
        if (payment.InvoiceId is { } invoice) await ByPayment(states, invoice, payment, amount, on, decision);
        else if (payment.For is { Kind: PurchaseKind.Order } bought) await OrderSettlement.ByPayment(states, new(bought.Id), payment, amount, on, decision);
    }

    /// <summary>Lets the customer's balance settle what it can of an invoice, and says what is left to pay.</summary>
    /// <param name="balance">As it is before.</param>
    public static Money ByBalance(CustomerBalance balance, Invoice.Known invoice, LocalDate on, JointDecision decision)
    {
        if (balance.Pay(invoice.CustomerId, invoice.Id, invoice.Open, on) is not { } applied) return invoice.Open;
        _ = decision.Append(applied.Id.Stream, applied).Append(invoice.Id.Stream, Paid(invoice, applied.Amount, on, payment: null));
        return invoice.Open - applied.Amount;
    }

    /// <summary>No cent is lost: what is not owed any more goes to the customer's balance.</summary>
    private static async ValueTask ByPayment(IStates states, InvoiceId id, Payment.Known payment, Money amount, LocalDate on, JointDecision decision)
    {
        if (await states.Of<Invoice, InvoiceEvent>(id.Stream) is not Invoice.Known invoice) return;
        var open = invoice.Open;
        var settles = amount < open ? amount : open;
        if (settles.Amount > 0) _ = decision.Append(id.Stream, Paid(invoice, settles, on, payment.Id));
        if (invoice.IsOpen && amount >= open) await PayOrder(states, invoice, payment.Id, on, decision);
        else if (settles.Amount > 0) await OrderSettlement.InPart(states, invoice, settles, payment.Id, on, decision);
        else await OrderSettlement.Fail(states, payment, InvoiceRejections.WhyNotOpen(invoice).Code, on, decision);
        if (amount <= open) return;

        var balance = await states.Of<CustomerBalance, BalanceEvent>(BalanceId.Of(invoice.CustomerId).Stream);
        var grown = balance.Grow(invoice.CustomerId, BalanceSource.Overpayment, payment.Id.Value, amount - open, on);
        _ = decision.Append(grown.Id.Stream, grown);
    }

    private static async ValueTask PayOrder(IStates states, Invoice.Known invoice, PaymentId payment, LocalDate on, JointDecision decision)
    {
        if (invoice.Order is not { } of) return;
        var id = new OrderId(of);
        if (await states.Of<Order, OrderEvent>(id.Stream) is Order.Known { IsPayable: true } order)
            _ = decision.Append(id.Stream, new OrderPaid(id, order.Amount, on, payment, invoice.Id));
    }

    private static InvoiceEvent Paid(Invoice.Known invoice, Money amount, LocalDate on, PaymentId? payment) => amount >= invoice.Open
        ? new InvoicePaid(invoice.Id, payment, amount, on)
        : new InvoicePartiallyPaid(invoice.Id, amount, on, payment);
}

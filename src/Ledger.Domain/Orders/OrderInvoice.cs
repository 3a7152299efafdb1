using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Orders;

/// <summary>The invoice of an order of items.</summary>
internal static class OrderInvoice
{
    /// <summary>Issues it unless it is there, lets the customer's balance pay what it can, and says what is left to pay.</summary>
    /// <remarks>An order of an amount alone has none: all of it is to be paid.</remarks>
    public static async ValueTask<(Money Open, JointDecision Decision)> Issue(IStates states, Order.Known order, LocalDate today)
    {
        var decision = new JointDecision();
        if (!order.HasItems) return (order.Rest, decision);
        if (await ChargeableCustomer.Refusal(states, order.CustomerId) is { } gone) return (order.Amount, gone);
        var id = order.Invoice;
        if (await states.OfNew<Invoice, InvoiceEvent>(id.Stream) is Invoice.Known known)
        {
            if (!known.IsOpen) return (known.Open, InvoiceRejections.WhyNotOpen(known));
            return await states.OfNew<Payment, PaymentEvent>(PaymentId.ForInvoice(id).Stream) is Payment.Known { IsCharging: true }
                ? (known.Open, PaymentRejections.Pending)
                : (known.Open, decision);
        }

        var draft = InvoiceDraft.Of(order.Amount.Currency, order.Items, order.PricesIncludeTax);
        var issued = new InvoiceIssued(
            id, order.CustomerId!.Value, SubscriptionId: null, Period: null, draft.Lines, draft.PricesIncludeTax, draft.Net, draft.Tax, draft.Total,
            today, today, Order: order.Id.Value);
        _ = decision.Append(id.Stream, issued);
        var balance = await states.OfNew<CustomerBalance, BalanceEvent>(BalanceId.Of(order.CustomerId.Value).Stream);
        var open = Settlement.ByBalance(balance, (Invoice.Known)Invoice.Evolve(Invoice.Initial, issued), today, decision);
        if (open.Amount == 0) _ = decision.Append(order.Id.Stream, new OrderPaid(order.Id, order.Amount, today, InvoiceId: id));
        return (open, decision);
    }
}

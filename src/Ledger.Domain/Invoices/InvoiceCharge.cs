using Ledger.Domain.Orders;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Invoices;

/// <summary>What is being charged for an invoice.</summary>
internal static class InvoiceCharge
{
    /// <summary>Whether money may still come that was asked for: of the invoice's own payment, or of one of its order, held money too.</summary>
    public static async ValueTask<bool> IsUnderWay(IStates states, Invoice.Known invoice) =>
        await states.Of<Payment, PaymentEvent>(PaymentId.ForInvoice(invoice.Id).Stream) is Payment.Known { IsCharging: true }
        || (invoice.Order is { } order && await states.Of<Order, OrderEvent>(new OrderId(order).Stream) is Order.Known { UnderWay: not null });
}

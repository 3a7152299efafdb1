using Ledger.Domain.Customers;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Invoices;

/// <summary>Charge what is open on an invoice to a payment method that is kept.</summary>
/// <remarks>
/// Refuses with <c>invoice_not_found</c>, <c>invoice_already_paid</c>, <c>invoice_cancelled</c>, <c>invoice_not_open</c>,
/// <c>payment_pending</c> while a charge is under way, <c>payment_method_not_found</c>, <c>payment_method_inactive</c>,
/// <c>customer_not_found</c> for a deleted one. A payment of
/// this invoice that failed before is tried once more.
/// </remarks>
/// <param name="PaymentMethodId">Null for the customer's default.</param>
public sealed record PayInvoice(InvoiceId Id, PaymentMethodId? PaymentMethodId, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Invoice, InvoiceEvent>(Id.Stream) is not Invoice.Known invoice) return InvoiceRejections.NotFound;
        if (await ChargeableCustomer.Refusal(states, invoice.CustomerId) is { } gone) return gone;
        if (!invoice.IsOpen) return InvoiceRejections.WhyNotOpen(invoice);
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(invoice.CustomerId));
        if (PaymentMethodId is { } wanted && wallet.Find(wanted) is not { IsActive: true })
            return wallet.Find(wanted) is null ? PaymentMethodRejections.NotFound : PaymentMethodRejections.Inactive;
        if (wallet.Chargeable(PaymentMethodId) is not { } method) return PaymentMethodRejections.NotFound;

        if (invoice.Order is { } order && await states.Of<Order, OrderEvent>(new OrderId(order).Stream) is Order.Known { UnderWay: not null })
            return PaymentRejections.Pending;
        var payment = PaymentId.ForInvoice(Id);
        return await states.OfNew<Payment, PaymentEvent>(payment.Stream) switch
        {
            Payment.Unknown => new JointDecision().Append(payment.Stream, new PaymentInitiated(
                payment, Id, invoice.CustomerId, invoice.SubscriptionId, invoice.Open, method.Id, method.Provider, Today)),
            Payment.Known { Status: PaymentStatus.Failed } failed => new JointDecision().Append(payment.Stream, new PaymentRetried(
                payment, failed.Attempts + 1, method.Id, method.Provider, Today, invoice.Open)),
            _ => PaymentRejections.Pending,
        };
    }
}

using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

/// <summary>Issues what a subscription owes and begins to collect it: the customer's balance pays first, then the payment method.</summary>
/// <param name="Subscription">As it is before.</param>
internal sealed record SubscriptionInvoice(Subscription.Known Subscription, TenantId Tenant, LocalDate Today)
{
    /// <param name="then">What that means for the subscription: written after the invoice, before it is collected.</param>
    /// <param name="order">What is delivered for it; null for nothing.</param>
    public async ValueTask<JointDecision> Issue(
        IStates states, InvoiceId id, BillingPeriod period, InvoiceDraft draft, IReadOnlyList<SubscriptionEvent> then, JointDecision decision,
        OrderCreated? order = null)
    {
        if (await ChargeableCustomer.Refusal(states, Subscription.CustomerId) is { } gone) return gone;
        var issued = new InvoiceIssued(
            id, Subscription.CustomerId, Subscription.Id, period, draft.Lines, draft.PricesIncludeTax, draft.Net, draft.Tax, draft.Total, Today, Today,
            Order: order?.Id.Value);
        _ = decision.Append(id.Stream, issued).Append(Subscription.Id.Stream, [.. then]);
        if (order is not null) _ = decision.Append(order.Id.Stream, order);
        if (draft.Total.Amount == 0) return Paid(order, decision.Append(id.Stream, new InvoicePaid(id, PaymentId.ForInvoice(id), draft.Total, Today)), id);

        var balance = await states.OfNew<CustomerBalance, BalanceEvent>(BalanceId.Of(Subscription.CustomerId).Stream);
        var due = Settlement.ByBalance(balance, (Invoice.Known)Invoice.Evolve(Invoice.Initial, issued), Today, decision);
        return due.Amount == 0 ? Paid(order, decision, id) : await Collect(states, id, due, decision);
    }

    /// <summary>Where nothing is to be charged, what is delivered is paid.</summary>
    private JointDecision Paid(OrderCreated? order, JointDecision decision, InvoiceId invoice) =>
        order is null ? decision : decision.Append(order.Id.Stream, new OrderPaid(order.Id, order.Amount, Today, InvoiceId: invoice));

    private async ValueTask<JointDecision> Collect(IStates states, InvoiceId invoice, Money due, JointDecision decision)
    {
        var payment = PaymentId.ForInvoice(invoice);
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(Subscription.CustomerId));
        var method = wallet.Chargeable(Subscription.PaymentMethodId);
        var begun = new PaymentInitiated(payment, invoice, Subscription.CustomerId, Subscription.Id, due, method?.Id, method?.Provider, Today);
        var none = await states.OfNew<Payment, PaymentEvent>(payment.Stream);
        _ = decision.Append(payment.Stream, begun);
        return method is not null
            ? decision
            : await new RecordCharge(payment, Tenant, 1, ChargeResult.NoPaymentMethod, Today)
                .Decide(states, (Payment.Known)Payment.Evolve(none, begun), decision);
    }

    /// <summary>An invoice of nothing, and one that the balance paid, has no payment, and is settled; so is one that nothing is owed on any more.</summary>
    public static async ValueTask<bool> IsSettled(IStates states, BilledPeriod billed) =>
        await states.Of<Payment, PaymentEvent>(billed.PaymentId.Stream) switch
        {
            Payment.Unknown or Payment.Known { IsPaid: true } => true,
            Payment.Known { IsCharging: false, InvoiceId: { } id } => await states.Of<Invoice, InvoiceEvent>(id.Stream) is Invoice.Known { IsOpen: false },
            _ => false,
        };
}

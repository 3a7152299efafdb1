using Ledger.Domain.Balances;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

/// <summary>Invoice the next period of a subscription if its day has come, and begin the payment.</summary>
/// <remarks>
/// A period is billed once: its invoice's id follows from it. While the invoice before is unpaid nothing further is billed;
/// once it is paid the missed periods follow, one after the other, each with its own dates. Nothing due decides nothing.
/// </remarks>
/// <param name="Today">The current date in the tenant's zone: periods that begin up to it are due.</param>
public sealed record BillSubscription(SubscriptionId Id, TenantId Tenant, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.EndsOn is { } end && end <= Today && !known.IsEnded)
            return new JointDecision().Append(Id.Stream, new SubscriptionCancelled(Id, end));
        if (known.Status is not SubscriptionStatus.Active || known.NextPeriod is not { } period || period.From > Today) return JointDecision.Nothing;
        if (known.Billed is { } before && !await IsSettled(states, before.PaymentId)) return JointDecision.Nothing;
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;

        var items = await CurrentPrices.Of(known, states);
        var draft = InvoiceDraft.Of(known.Currency, items, tenant.PricesIncludeTax);
        return await Issue(states, known, period, draft);
    }

    private async ValueTask<JointDecision> Issue(IStates states, Subscription.Known known, BillingPeriod period, InvoiceDraft draft)
    {
        var invoice = InvoiceId.ForPeriod(Id, period.From);
        var payment = PaymentId.ForInvoice(invoice);
        if (await states.OfNew<Invoice, InvoiceEvent>(invoice.Stream) is not Invoice.Unknown) return JointDecision.Nothing;

        var issued = new InvoiceIssued(
            invoice, known.CustomerId, Id, period, draft.Lines, draft.PricesIncludeTax, draft.Net, draft.Tax, draft.Total, Today, Today);
        var decision = new JointDecision()
            .Append(invoice.Stream, issued).Append(Id.Stream, new SubscriptionBilled(Id, period, invoice, payment));
        if (draft.Total.Amount == 0) return decision.Append(invoice.Stream, new InvoicePaid(invoice, payment, draft.Total, Today));

        var balance = await states.OfNew<CustomerBalance, BalanceEvent>(BalanceId.Of(known.CustomerId).Stream);
        var due = Settlement.ByBalance(balance, (Invoice.Known)Invoice.Evolve(Invoice.Initial, issued), Today, decision);
        return due.Amount == 0 ? decision : await Collect(states, known, issued, due, decision);
    }

    private async ValueTask<JointDecision> Collect(
        IStates states, Subscription.Known known, InvoiceIssued issued, Money due, JointDecision decision)
    {
        var payment = PaymentId.ForInvoice(issued.Id);
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(known.CustomerId));
        var method = wallet.Chargeable(known.PaymentMethodId);
        var begun = new PaymentInitiated(payment, issued.Id, known.CustomerId, Id, due, method?.Id, method?.Provider, Today);
        var none = await states.OfNew<Payment, PaymentEvent>(payment.Stream);
        _ = decision.Append(payment.Stream, begun);
        return method is not null
            ? decision
            : await new RecordCharge(payment, Tenant, 1, ChargeResult.NoPaymentMethod, Today)
                .Decide(states, (Payment.Known)Payment.Evolve(none, begun), decision);
    }

    /// <summary>
    /// An invoice of nothing, and one that the balance paid, has no payment, and is settled. An active subscription's failed payment
    /// is of an invoice that was settled otherwise: until then it is past due.
    /// </summary>
    private static async ValueTask<bool> IsSettled(IStates states, PaymentId id) =>
        await states.Of<Payment, PaymentEvent>(id.Stream) is Payment.Unknown or Payment.Known { IsCharging: false };
}

using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;

namespace Ledger.Domain.Subscriptions;

/// <summary>Take a cancellation back, one that is to come or one that has come. One that is not cancelled stays as it is.</summary>
/// <remarks>
/// Within the days that are paid for it goes on as if nothing had been; else a new period begins today. Refuses with
/// <c>subscription_not_found</c>, <c>subscription_ended</c> for an expired one, <c>customer_not_found</c>, and with
/// <c>subscription_unpaid</c> or <c>payment_pending</c> while its last invoice is to be paid.
/// </remarks>
public sealed record ReactivateSubscription(SubscriptionId Id, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.Status is SubscriptionStatus.Expired) return SubscriptionRejections.Ended;
        if (!known.IsEnded)
            return known.EndsOn is null ? JointDecision.Nothing : new JointDecision().Append(Id.Stream, new SubscriptionReactivated(Id, Today, null, IsDue: false));
        if (await states.Of<Customer, CustomerEvent>(known.CustomerId.Stream) is not Customer.Known) return CustomerRejections.NotFound;
        if (known.Anchor is not { } anchor) return await Wait(states, known);
        if (known.Billed is null && known.PaidUntil >= Today) return Again(known, null, known.PaidUntil == Today);
        if (known.Billed is null) return Again(known, anchor.Start < Today ? Today : null, anchor.Start <= Today);

        return await LastInvoice(states, known.Billed) switch
        {
            Invoice.Known { IsOpen: true } open => await WhyUnpaid(states, open),
            Invoice.Known { Status: InvoiceStatus.Paid } when known.Billed.ChargedUntil == known.Billed.Period.Until && known.InvoicedUntil >= Today =>
                Again(known, null, known.InvoicedUntil == Today),
            _ => Again(known, Today, isDue: true),
        };
    }

    private JointDecision Again(Subscription.Known known, LocalDate? anchor, bool isDue) => new JointDecision().Append(
        Id.Stream, new SubscriptionReactivated(Id, Today, anchor, isDue, anchor is { } begins ? known.DayKeptAt(begins) : null));

    /// <summary>One that never ran begins now if it can.</summary>
    private async ValueTask<JointDecision> Wait(IStates states, Subscription.Known known)
    {
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(known.CustomerId));
        var decision = Again(known, null, isDue: false);
        return known.Items.Count > 0 && wallet.Chargeable(known.PaymentMethodId) is not null
            ? decision.Append(Id.Stream, Activation.At(Id, LocalDate.Max(known.BillingStartsOn, Today), Today, known.PaidUntil))
            : decision;
    }

    private static async ValueTask<Invoice.Known?> LastInvoice(IStates states, BilledPeriod billed) =>
        await states.Of<Invoice, InvoiceEvent>(billed.Invoices[^1].Stream) as Invoice.Known;

    private static async ValueTask<JointDecision> WhyUnpaid(IStates states, Invoice.Known open) =>
        await states.Of<Payment, PaymentEvent>(PaymentId.ForInvoice(open.Id).Stream) is Payment.Known { IsCharging: true }
            ? PaymentRejections.Pending
            : SubscriptionRejections.Unpaid;
}

using Ledger.Domain.Balances;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Dunning;

/// <summary>Do what is to be done today about an unpaid invoice: settle it by the balance, call it overdue, make another attempt, or end it.</summary>
/// <remarks>
/// Attempts are made on the days of the schedule until they are used up, and at once on a payment method that was not tried before;
/// on the day of expiry the subscription ends instead. With nothing to chase, or nothing to do yet, it decides nothing.
/// Source: rules DUN-2, DUN-3, C-J2.
/// </remarks>
public sealed record ChaseSubscription(SubscriptionId Id, TenantId Tenant, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known is not { Status: SubscriptionStatus.PastDue or SubscriptionStatus.Error, Chase: { } chase }) return JointDecision.Nothing;
        if (await states.Of<Payment, PaymentEvent>(chase.PaymentId.Stream) is not Payment.Known { IsCharging: false } payment) return JointDecision.Nothing;
        if (await states.Of<Invoice, InvoiceEvent>(chase.InvoiceId.Stream) is not Invoice.Known invoice) return JointDecision.Nothing;

        var decision = new JointDecision();
        if (invoice.FallsOverdue(Today) is { } late) invoice = Overdue(invoice, late, decision);
        if (known.EndsOn is { } end && end <= Today) return decision.Append(Id.Stream, new SubscriptionCancelled(Id, end));
        if (!invoice.IsOpen) return Recover(chase, decision);
        if (chase.ExpiresOn <= Today) return decision.Append(Id.Stream, new SubscriptionExpired(Id, Today));

        var balance = await states.OfNew<CustomerBalance, BalanceEvent>(BalanceId.Of(known.CustomerId).Stream);
        var open = Settlement.ByBalance(balance, invoice, Today, decision);
        if (open.Amount == 0)
        {
            await OrderSettlement.ByBalance(states, invoice, Today, decision);
            return Recover(chase, decision);
        }

        if (await ChargeableCustomer.Refusal(states, known.CustomerId) is { } gone) return gone;
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(known.CustomerId));
        var method = wallet.Chargeable(known.PaymentMethodId);
        return chase.MayTry(known.Status, payment, method?.Id, Today) ? await TryAgain(states, payment, method, open, decision) : decision;
    }

    private static Invoice.Known Overdue(Invoice.Known invoice, InvoiceOverdue late, JointDecision decision)
    {
        _ = decision.Append(invoice.Id.Stream, late);
        return (Invoice.Known)Invoice.Evolve(invoice, late);
    }

    private JointDecision Recover(Chase chase, JointDecision decision) =>
        decision.Append(Id.Stream, new SubscriptionRecovered(Id, Today, chase.WasOnHold));

    private async ValueTask<JointDecision> TryAgain(IStates states, Payment.Known payment, PaymentMethod? method, Money open, JointDecision decision)
    {
        var again = new PaymentRetried(
            payment.Id, payment.Attempts + 1, method?.Id, method?.Provider, Today, open == payment.Amount ? null : open);
        _ = decision.Append(payment.Id.Stream, again);
        return method is not null
            ? decision
            : await new RecordCharge(payment.Id, Tenant, again.Attempt, ChargeResult.NoPaymentMethod, Today)
                .Decide(states, (Payment.Known)Payment.Evolve(payment, again), decision);
    }
}

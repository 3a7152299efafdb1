using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Dunning;

/// <summary>Do today's part of chasing an unpaid invoice: call it overdue, make another attempt, or end it.</summary>
/// <remarks>
/// One attempt per day until the attempts are used up; on the day of expiry the subscription ends instead. With nothing to
/// chase, or today's attempt made, it decides nothing. What was credited meanwhile is not tried for, and an invoice of which all
/// was credited is chased no more. Source: rules DUN-2, DUN-3, C-J2.
/// </remarks>
public sealed record ChaseSubscription(SubscriptionId Id, TenantId Tenant, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known is not { Status: SubscriptionStatus.PastDue or SubscriptionStatus.Error, Chase: { } chase }) return JointDecision.Nothing;
        if (await states.Of<Payment, PaymentEvent>(chase.PaymentId.Stream) is not Payment.Known { IsCharging: false } payment) return JointDecision.Nothing;

        var decision = new JointDecision();
        var invoice = await states.Of<Invoice, InvoiceEvent>(chase.InvoiceId.Stream) as Invoice.Known;
        if (invoice is { Status: InvoiceStatus.Paid }) return decision.Append(Id.Stream, new SubscriptionRecovered(Id, Today, chase.WasOnHold));
        if (invoice is { Status: InvoiceStatus.Pending } && invoice.DueOn < Today)
            _ = decision.Append(invoice.Id.Stream, new InvoiceOverdue(invoice.Id, Today));
        if (known.EndsOn is { } end && end <= Today) return decision.Append(Id.Stream, new SubscriptionCancelled(Id, end));
        if (chase.ExpiresOn <= Today) return decision.Append(Id.Stream, new SubscriptionExpired(Id, Today));
        var isAttemptDue = known.Status is SubscriptionStatus.PastDue && payment.Attempts < chase.AttemptsMax && payment.LastAttemptOn < Today;
        return isAttemptDue ? await TryAgain(states, known, payment, invoice is { IsOpen: true } ? invoice.Open : payment.Amount, decision) : decision;
    }

    private async ValueTask<JointDecision> TryAgain(IStates states, Subscription.Known known, Payment.Known payment, Money open, JointDecision decision)
    {
        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(known.CustomerId));
        var method = wallet.Chargeable(known.PaymentMethodId);
        var again = new PaymentRetried(payment.Id, payment.Attempts + 1, method?.Id, method?.Provider, Today, open < payment.Amount ? open : null);
        _ = decision.Append(payment.Id.Stream, again);
        return method is not null
            ? decision
            : await new RecordCharge(payment.Id, Tenant, again.Attempt, ChargeResult.NoPaymentMethod, Today)
                .Decide(states, (Payment.Known)Payment.Evolve(payment, again), decision);
    }
}

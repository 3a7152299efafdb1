using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Payments;

/// <summary>Try a failed payment of an invoice once more, now. It counts as an attempt.</summary>
/// <remarks>
/// Refuses with <c>payment_not_found</c>, <c>payment_not_failed</c>, <c>payment_not_retryable</c> for one of an order, <c>invoice_already_paid</c>
/// and the like where nothing is owed any more, <c>already_attempted_today</c>, <c>attempts_used_up</c> by the terms of dunning, and
/// <c>no_payment_method</c>, <c>payment_method_not_found</c>, <c>payment_method_inactive</c>, <c>customer_not_found</c> for a deleted one. Source: rule C-J22.
/// </remarks>
/// <param name="PaymentMethodId">What is charged; null for what the subscription names, else the customer's default as it is now.</param>
/// <param name="IsForced">Neither today's attempt nor their number counts.</param>
public sealed record RetryPayment(PaymentId Id, TenantId Tenant, bool IsForced, LocalDate Today, PaymentMethodId? PaymentMethodId = null) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Payment, PaymentEvent>(Id.Stream) is not Payment.Known payment) return PaymentRejections.NotFound;
        if (payment.Status is not PaymentStatus.Failed) return PaymentRejections.NotFailed;
        if (payment is not { InvoiceId: { } of, For: null, Card: null, CustomerId: { } customer }) return PaymentRejections.NotRetryable;
        if (await ChargeableCustomer.Refusal(states, customer) is { } gone) return gone;
        if (await states.Of<Invoice, InvoiceEvent>(of.Stream) is not Invoice.Known invoice) return InvoiceRejections.NotFound;
        if (!invoice.IsOpen) return InvoiceRejections.WhyNotOpen(invoice);
        var subscription = payment.SubscriptionId is { } id ? await states.Of<Subscription, SubscriptionEvent>(id.Stream) as Subscription.Known : null;
        if (!IsForced)
        {
            if (payment.LastAttemptOn >= Today) return PaymentRejections.AttemptedToday;
            if (payment.Attempts >= await AttemptsMax(states, subscription)) return PaymentRejections.AttemptsUsedUp;
        }

        var wallet = await states.Of<Wallet, WalletEvent>(WalletStream.Of(customer));
        if (PaymentMethodId is { } wanted && wallet.Find(wanted) is not { IsActive: true })
            return wallet.Find(wanted) is null ? PaymentMethodRejections.NotFound : PaymentMethodRejections.Inactive;
        return wallet.Chargeable(PaymentMethodId ?? subscription?.PaymentMethodId) is { } method
            ? new JointDecision().Append(Id.Stream, new PaymentRetried(Id, payment.Attempts + 1, method.Id, method.Provider, Today, invoice.Open))
            : PaymentRejections.NoPaymentMethod;
    }

    private async ValueTask<int> AttemptsMax(IStates states, Subscription.Known? subscription) => subscription?.Chase?.AttemptsMax
        ?? ((await states.Of<Tenant, TenantEvent>(Tenant.Stream) as Tenant.Known)?.Dunning ?? DunningSettings.Default).Attempts;
}

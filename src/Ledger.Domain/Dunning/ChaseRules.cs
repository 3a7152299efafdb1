using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Dunning;

/// <summary>When the payment of a chase is tried, and on what.</summary>
public static class ChaseRules
{
    extension(Chase chase)
    {
        /// <summary>
        /// Whether to try today: on a day of the schedule what may help, and on any day a payment method that this payment was never
        /// tried on, even when the attempts of the schedule are used up.
        /// </summary>
        /// <param name="method">What would be charged; null for nothing.</param>
        public bool MayTry(SubscriptionStatus status, Payment.Known payment, PaymentMethodId? method, LocalDate today)
        {
            if (method is { } one && !payment.Tried.Contains(one)) return true;
            return status is SubscriptionStatus.PastDue && !chase.IsWaitingForCard(payment, method)
                && chase.NextAttemptOn(payment.Attempts, payment.LastAttemptOn) <= today;
        }

        /// <summary>Whether only another payment method can help: there is none, or it was declined for good.</summary>
        public bool IsWaitingForCard(Payment.Known payment, PaymentMethodId? method) =>
            !chase.RetryHardDeclines && (method is not { } one || payment.Refused.Contains(one));
    }
}

using Ledger.Domain.PaymentMethods;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Dunning;

public enum DunningStepKind { Attempt, Error, Expiry, Cancellation }

/// <summary>Something that a chase is going to do.</summary>
/// <param name="Attempt">Which attempt: to be made, or the last, whose failure leads to the error; null for an end.</param>
public sealed record DunningStep(LocalDate On, DunningStepKind Kind, int? Attempt = null);

/// <summary>What a chase is going to do if nothing changes and nothing is paid. It is computed, never stored.</summary>
/// <param name="AttemptsMade">How many have begun.</param>
/// <param name="IsWaitingForCard">Whether only another payment method, or the balance, can help.</param>
/// <param name="Steps">What comes from today on, in order. Attempts are taken to be declined, and not for good.</param>
public sealed record DunningForecast(Chase Chase, int AttemptsMade, bool IsWaitingForCard, IReadOnlyList<DunningStep> Steps)
{
    /// <summary>The day of the next attempt; null when none is to come.</summary>
    public LocalDate? NextAttemptOn => Steps.FirstOrDefault(step => step.Kind is DunningStepKind.Attempt)?.On;

    /// <summary>Null when nothing is chased.</summary>
    /// <param name="today">What is late is done today: a missed day is not made up for.</param>
    public static DunningForecast? Of(Subscription.Known subscription, Payment payment, Wallet wallet, LocalDate today)
    {
        if (subscription is not { Status: SubscriptionStatus.PastDue or SubscriptionStatus.Error, Chase: { } chase }) return null;
        if (payment is not Payment.Known known) return null;

        var method = wallet.Chargeable(subscription.PaymentMethodId)?.Id;
        var isWaiting = chase.IsWaitingForCard(known, method) || (subscription.Status is SubscriptionStatus.Error && !IsNew(known, method));
        var end = subscription.EndsOn is { } ends && ends <= chase.ExpiresOn
            ? new DunningStep(LocalDate.Max(ends, today), DunningStepKind.Cancellation)
            : new DunningStep(LocalDate.Max(chase.ExpiresOn, today), DunningStepKind.Expiry);
        return new(chase, known.Attempts, isWaiting, [.. Attempts(chase, subscription.Status, known, method, today, end.On), end]);
    }

    /// <summary>The attempts before a day, each declined on its own day.</summary>
    private static IEnumerable<DunningStep> Attempts(
        Chase chase, SubscriptionStatus status, Payment.Known payment, PaymentMethodId? method, LocalDate today, LocalDate before)
    {
        var (made, lastOn) = (payment.Attempts, payment.LastAttemptOn);
        if (payment.IsCharging && made >= chase.AttemptsMax && status is SubscriptionStatus.PastDue)
            yield return new(LocalDate.Max(lastOn, today), DunningStepKind.Error, made);
        if (!payment.IsCharging && IsNew(payment, method) && today < before)
        {
            (made, lastOn) = (made + 1, today);
            yield return new(today, DunningStepKind.Attempt, made);
            if (made >= chase.AttemptsMax && status is SubscriptionStatus.PastDue) yield return new(today, DunningStepKind.Error, made);
        }

        if (status is not SubscriptionStatus.PastDue || (chase.IsWaitingForCard(payment, method) && !payment.IsCharging)) yield break;
        while (chase.NextAttemptOn(made, lastOn) is { } next && LocalDate.Max(next, today) < before)
        {
            (made, lastOn) = (made + 1, LocalDate.Max(next, today));
            yield return new(lastOn, DunningStepKind.Attempt, made);
            if (made >= chase.AttemptsMax) yield return new(lastOn, DunningStepKind.Error, made);
        }
    }

    private static bool IsNew(Payment.Known payment, PaymentMethodId? method) => method is { } one && !payment.Tried.Contains(one);
}

using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Dunning;

/// <summary>A chase that is over, as it was.</summary>
/// <param name="Amount">What was unpaid at first.</param>
/// <param name="Answers">What became of each attempt after the first, in order; money that came otherwise is an answer too.</param>
/// <param name="EndedOn">The day on which it recovered or ended.</param>
public sealed record PastChase(Money Amount, LocalDate Since, IReadOnlyList<(LocalDate On, bool IsPaid)> Answers, bool IsRecovered, LocalDate EndedOn);

/// <summary>What a chase comes to: as it was, or as it would have been.</summary>
/// <param name="Attempts">How often it was tried, the first failure included.</param>
/// <param name="On">The day on which the money came; null when it did not.</param>
public sealed record ChaseOutcome(bool IsRecovered, int Attempts, LocalDate? On);

/// <summary>What another schedule would have done with a chase that is over.</summary>
/// <remarks>
/// The model: an attempt on a day is answered as the first real attempt on that day or later was, and declined when there was none
/// later. It knows nothing of cards that were declined for good, and nothing of what was never tried. The same history and the same
/// schedule give the same outcome.
/// </remarks>
public static class DunningReplay
{
    public static ChaseOutcome Real(PastChase chase) =>
        new(chase.IsRecovered, chase.Answers.Count + 1, chase.IsRecovered ? chase.EndedOn : null);

    public static ChaseOutcome On(PastChase past, DunningSettings terms)
    {
        var end = past.Since.PlusDays(terms.CancelledAfterDays);
        var (attempts, day) = (1, past.Since);
        while (attempts < terms.Attempts)
        {
            day = day.PlusDays(terms.Waits?[attempts - 1] ?? 1);
            if (day >= end) break;
            attempts++;
            if (past.Answers.Where(answer => answer.On >= day).Select(answer => answer.IsPaid).FirstOrDefault()) return new(true, attempts, day);
        }

        return new(false, attempts, null);
    }
}

/// <summary>Gathers the chases of a log that is read in its order.</summary>
public sealed class ChaseHistory
{
    /// <summary>The events that it looks at; it does nothing with others.</summary>
    public static readonly IReadOnlyList<Type> Looks =
    [
        typeof(PaymentInitiated), typeof(PaymentFailed), typeof(PaymentCaptured), typeof(SubscriptionPastDue), typeof(SubscriptionRecovered),
        typeof(SubscriptionExpired), typeof(SubscriptionCancelled),
    ];

    private readonly Dictionary<PaymentId, Money> amounts = [];
    private readonly Dictionary<PaymentId, List<(LocalDate On, bool IsPaid)>> answers = [];
    private readonly Dictionary<SubscriptionId, SubscriptionPastDue> open = [];
    private readonly List<PastChase> over = [];

    /// <summary>Those that are over, in the order of their ends.</summary>
    public IReadOnlyList<PastChase> Over => over;

    /// <summary>How many go on still.</summary>
    public int Open => open.Count;

    public void Take(IEvent happened)
    {
        switch (happened)
        {
            case PaymentInitiated { SubscriptionId: not null } begun: amounts[begun.Id] = begun.Amount; break;
            case PaymentFailed failed: Answer(failed.Id, failed.On, isPaid: false); break;
            case PaymentCaptured captured when !Answer(captured.Id, captured.On, isPaid: true): _ = amounts.Remove(captured.Id); break;
            case SubscriptionPastDue late: (open[late.Id], answers[late.PaymentId]) = (late, []); break;
            case SubscriptionRecovered recovered: End(recovered.Id, recovered.On, isRecovered: true); break;
            case SubscriptionExpired expired: End(expired.Id, expired.On, isRecovered: false); break;
            case SubscriptionCancelled cancelled: End(cancelled.Id, cancelled.On, isRecovered: false); break;
            default: break;
        }
    }

    private bool Answer(PaymentId payment, LocalDate on, bool isPaid)
    {
        if (!answers.TryGetValue(payment, out var known)) return false;
        known.Add((on, isPaid));
        return true;
    }

    private void End(SubscriptionId subscription, LocalDate on, bool isRecovered)
    {
        if (!open.Remove(subscription, out var late)) return;
        _ = answers.Remove(late.PaymentId, out var known);
        _ = amounts.Remove(late.PaymentId, out var amount);
        if (isRecovered && known is not [.., (_, true)]) known!.Add((on, true));
        over.Add(new(amount, late.Since, known!, isRecovered, on));
    }
}

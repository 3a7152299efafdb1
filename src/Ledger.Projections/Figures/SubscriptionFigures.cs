using System.Globalization;
using Ledger.Domain.Subscriptions;

namespace Ledger.Projections.Figures;

/// <summary>What the life of a subscription counts for: monthly value and its movements, churn, cohorts, chases.</summary>
internal static class SubscriptionFigures
{
    public static IEnumerable<Figure> Of(SubscriptionEvent @event, StoredEvent happened, IFigureStates<KnownThing> states, LocalDate today)
    {
        var id = happened.Stream.Id;
        if (@event is SubscriptionCreated made)
        {
            states[id] = new KnownSubscription(made.CustomerId.Value, made.Currency.Code, made.Frequency.ToString(), "pending", Items: 0);
            return [new(Measure.Subscriptions, "pending", "", 1, 0)];
        }

        if (states[id] is not KnownSubscription before) throw new InvalidOperationException("A subscription that was never created.");
        var changed = Change(before, @event, states);
        var after = changed with
        {
            HasRun = before.HasRun || before.IsRunning, RanSince = before.RanSince ?? (changed.IsRunning ? today : null),
            IsUndone = IsUndone(before, changed, today) || (before.IsUndone && !changed.IsRunning),
        };
        if (after == before) return [];
        states[id] = after;
        return [.. Standing(before, after), .. Movement(before, after), .. Ending(before, after), .. OfCustomer(before, after, states, today), .. Chase(before, after)];
    }

    private static KnownSubscription Change(KnownSubscription known, SubscriptionEvent @event, IFigureStates<KnownThing> states) => @event switch
    {
        SubscriptionItemsReplaced replaced => known with { Items = Money.Sum(Currency.Parse(known.Currency), replaced.Items.Select(item => item.Total)).Amount },
        SubscriptionFrequencyChanged changed => known with { Frequency = changed.Frequency.ToString() },
        SubscriptionBilled => known with { IsBilled = true },
        SubscriptionActivated or SubscriptionResumed => known with { Status = "active" },
        SubscriptionPaused => known with { Status = "on_hold" },
        SubscriptionPastDue late => known with
        {
            Status = "past_due", ChaseSince = late.Since, Chased = (states[late.PaymentId.Value] as KnownPayment)?.Amount ?? 0,
        },
        SubscriptionErrored => known with { Status = "error" },
        SubscriptionRecovered recovered => known with { Status = recovered.ToHold ? "on_hold" : "active", ChaseSince = null, Chased = 0 },
        SubscriptionExpired => known with { Status = "expired", ChaseSince = null, Chased = 0 },
        SubscriptionCancelled => known with { Status = "cancelled", ChaseSince = null, Chased = 0 },
        SubscriptionReactivated when known.Status is "cancelled" => known with { Status = known.HasRun ? "active" : "pending" },
        _ => known,
    };

    /// <summary>Whether it is cancelled on the day on which it first ran, with nothing billed: one that is taken over as cancelled never was anybody's.</summary>
    private static bool IsUndone(KnownSubscription before, KnownSubscription after, LocalDate today) =>
        before is { IsRunning: true, IsBilled: false } && before.RanSince == today && after.Status is "cancelled";

    private static IEnumerable<Figure> Standing(KnownSubscription before, KnownSubscription after) => before.Status == after.Status ? [] :
    [
        new(Measure.Subscriptions, before.Status, "", -1, 0),
        new(Measure.Subscriptions, after.Status, "", 1, 0),
    ];

    private static IEnumerable<Figure> Movement(KnownSubscription before, KnownSubscription after)
    {
        var (grown, runs) = (after.Mrr - before.Mrr, (after.IsRunning ? 1 : 0) - (before.IsRunning ? 1 : 0));
        var kind = (runs, grown) switch
        {
            ( > 0, _) => before.HasRun && !before.IsUndone ? "reactivation" : "new",
            ( < 0, _) => after.IsUndone ? "new" : "churn",
            (_, > 0) => "expansion",
            _ => "contraction",
        };
        return [new(Measure.Mrr, kind, after.Currency, runs, grown)];
    }

    private static IEnumerable<Figure> Ending(KnownSubscription before, KnownSubscription after) =>
        before.IsRunning && !after.IsUndone && after.Status is "cancelled" or "expired" ? [new(Measure.Churned, after.Status, after.Currency, 1, before.Mrr)] : [];

    private static IEnumerable<Figure> OfCustomer(KnownSubscription before, KnownSubscription after, IFigureStates<KnownThing> states, LocalDate today)
    {
        var (runs, grown) = ((after.IsRunning ? 1 : 0) - (before.IsRunning ? 1 : 0), after.Mrr - before.Mrr);
        if (runs == 0 && grown == 0) yield break;
        var customer = states[after.Customer] as KnownCustomer ?? new(0, null);
        var now = customer with { Running = customer.Running + runs, Cohort = customer.Cohort ?? today.ToString("yyyy-MM", CultureInfo.InvariantCulture) };
        if (now != customer) states[after.Customer] = now;
        var began = (now.Running > 0 ? 1 : 0) - (customer.Running > 0 ? 1 : 0);
        yield return new(Measure.Customers, "running", "", began, 0);
        if (began < 0 && !after.IsUndone && after.Status is "cancelled" or "expired") yield return new(Measure.Customers, "churned", "", 1, 0);
        yield return new(Measure.Cohorts, now.Cohort, after.Currency, began, grown);
    }

    private static IEnumerable<Figure> Chase(KnownSubscription before, KnownSubscription after)
    {
        if (before.ChaseSince == after.ChaseSince) yield break;
        if (before is { ChaseSince: { } since })
        {
            var end = after.Status is "expired" or "cancelled" ? "lost" : "recovered";
            yield return new(Measure.Chases, Dimensions.Of(since, "open"), before.Currency, -1, -before.Chased);
            yield return new(Measure.Chases, Dimensions.Of(since, end), before.Currency, 1, before.Chased);
        }

        if (after is { ChaseSince: { } begun }) yield return new(Measure.Chases, Dimensions.Of(begun, "open"), after.Currency, 1, after.Chased);
    }
}

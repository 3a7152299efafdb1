namespace Ledger.Domain.Subscriptions;

/// <summary>Bill again. Days on hold after the invoiced period are not billed: a new period begins today.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_not_on_hold</c>. Within the invoiced period nothing is due
/// and the billing day stays; where its rest was credited, the days from today on are billed up to the next billing day.
/// Resuming an active subscription changes nothing.
/// </remarks>
public sealed record ResumeSubscription(SubscriptionId Id, LocalDate Today) : SubscriptionCommand(Id)
{
    protected override Decision<SubscriptionEvent> Decide(Subscription.Known state)
    {
        if (state.Status is SubscriptionStatus.Active) return [];
        if (state.Status is not SubscriptionStatus.OnHold) return SubscriptionRejections.NotOnHold;

        var invoicedUntil = state.InvoicedUntil ?? state.Anchor!.Value.Start;
        var isCredited = state.Billed is { } billed && billed.ChargedUntil < billed.Period.Until;
        return invoicedUntil < Today || isCredited
            ? [new SubscriptionResumed(Id, Today, Anchor: Today, IsDue: true, DayOfMonth(state))]
            : [new SubscriptionResumed(Id, Today, Anchor: null, IsDue: invoicedUntil == Today)];
    }

    /// <summary>Within a period of the same rhythm the billing day stays.</summary>
    private int? DayOfMonth(Subscription.Known state) =>
        state is { BillingDay: null, Billed: { } billed, Anchor: { } anchor } && Today < billed.Period.Until && billed.Frequency == state.Frequency
            ? anchor.DayOfMonth ?? anchor.Start.Day
            : state.DayKeptAt(Today);
}

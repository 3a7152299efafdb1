using Ledger.Domain.Billing;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Subscriptions;

/// <summary>Other items or another frequency from today on, prorated; whatever was to change at the end of the period changes now as well.</summary>
/// <remarks>
/// In the same rhythm the period stays, and its rest is charged anew; another frequency begins a period of its own today. Where
/// nothing is charged for today, it is as from the next invoice on. Refuses as <see cref="ReplaceSubscriptionItems"/> does, with
/// <c>subscription_not_active</c>, and with <c>payment_pending</c> when more is to be paid while a charge is under way. What is
/// charged already changes nothing.
/// </remarks>
/// <param name="Items">Null to keep them, at the prices of today.</param>
/// <param name="Frequency">Null to keep it.</param>
public sealed record ChangeSubscriptionNow(
    SubscriptionId Id, TenantId Tenant, IReadOnlyList<WantedItem>? Items, Frequency? Frequency, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.IsEnded) return SubscriptionRejections.Ended;
        if (await ChargedDays.From(states, known, Today) is not { } before)
            return await new ChangeSubscriptionPlan(Id, Items, Frequency, Today).Decide(states);
        if (Items is { Count: 0 }) return SubscriptionRejections.NoItems;

        var (items, rejection) = Items is null
            ? (await CurrentPrices.Of(known, states), null)
            : await WantedItem.Resolve(Items, known.Currency, states);
        if (rejection is not null) return rejection;

        var frequency = Frequency ?? known.Frequency;
        var isSameRhythm = frequency == known.Billed!.Frequency;
        var changes = new List<SubscriptionEvent>();
        if (Items is not null && !SubscriptionItem.AreSame(items, known.Items)) changes.Add(new SubscriptionItemsReplaced(Id, items));
        if (!isSameRhythm || frequency != known.Frequency)
            changes.Add(known.ChangedTo(frequency, isSameRhythm ? known.NextPeriod!.Value.From : Today));
        return await new SubscriptionAdjustment(known, before, Tenant, Today).To(states, items, frequency, changes);
    }
}

using Ledger.Domain.CreditNotes;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Subscriptions;

/// <summary>Stop for good at once, and give back what was charged for the days that are left.</summary>
/// <remarks>
/// Refuses with <c>subscription_not_found</c>, <c>subscription_ended</c> for an expired one. What was paid goes back by the way it
/// came: at once when the one who asks may approve refunds, else it waits for somebody who may. What is open is reduced, and what the
/// balance paid goes back to it. Cancelling again changes nothing.
/// </remarks>
/// <param name="By">Opaque: who asks.</param>
/// <param name="IsApproved">Whether that one may approve refunds.</param>
public sealed record CancelAndRefundSubscription(
    SubscriptionId Id, TenantId Tenant, string? Reason, string By, bool IsApproved, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.Status is SubscriptionStatus.Cancelled) return JointDecision.Nothing;
        if (known.Status is SubscriptionStatus.Expired) return SubscriptionRejections.Ended;
        var decision = new JointDecision();
        var credited = await UnusedDays.TakeBack(states, known, Reason, Today, decision, new RefundWish(By, IsApproved));
        return decision.Append(Id.Stream, new SubscriptionCancelled(Id, Today, Reason, credited));
    }
}

using Ledger.Domain.CreditNotes;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Subscriptions;

/// <summary>Stop billing until it is resumed, and credit the days that are left of what is invoiced. Pausing again changes nothing.</summary>
/// <remarks>Refuses with <c>subscription_not_found</c>, <c>subscription_not_active</c>.</remarks>
public sealed record CreditSubscriptionPause(SubscriptionId Id, TenantId Tenant, string? Reason, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.Status is SubscriptionStatus.OnHold) return JointDecision.Nothing;
        if (known.Status is not SubscriptionStatus.Active) return SubscriptionRejections.NotActive;
        var decision = new JointDecision();
        var credited = await UnusedDays.TakeBack(states, known, Reason, Today, decision);
        return decision.Append(Id.Stream, new SubscriptionPaused(Id, Today, Reason, credited));
    }
}

/// <summary>Takes back what is charged for today and the days after it.</summary>
internal static class UnusedDays
{
    /// <summary>The first day that was taken back; null when there was none.</summary>
    public static async ValueTask<LocalDate?> TakeBack(
        IStates states, Subscription.Known known, string? reason, LocalDate today, JointDecision decision, RefundWish? refund = null)
    {
        if (await ChargedDays.From(states, known, today) is not { } unused) return null;
        if (unused.Lines.Count > 0) await new TakeBack(states, known, reason, today, decision).Days(unused.Credits, [], refund);
        return unused.Rest.Days.From;
    }
}

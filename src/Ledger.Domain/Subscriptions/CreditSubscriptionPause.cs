using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;
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
        var credited = await UnusedDays.TakeBack(states, known, Tenant, Reason, Today, decision);
        return decision.Append(Id.Stream, new SubscriptionPaused(Id, Today, Reason, credited));
    }
}

/// <summary>Takes back what is charged for today and the days after it.</summary>
internal static class UnusedDays
{
    /// <summary>The first day that was taken back; null when there was none.</summary>
    public static async ValueTask<LocalDate?> TakeBack(
        IStates states, Subscription.Known known, TenantId tenantId, string? reason, LocalDate today, JointDecision decision, RefundWish? refund = null)
    {
        if (await ChargedDays.From(states, known, today) is not { } unused) return null;
        var tenant = await states.Of<Tenant, TenantEvent>(tenantId.Stream) as Tenant.Known;
        var credit = InvoiceDraft.Of(known.Currency, [.. unused.Credits], tenant?.PricesIncludeTax ?? false);
        await new TakeBack(states, known, reason, today, decision).Days(credit, unused.Rest.Days, refund);
        return unused.Rest.Days.From;
    }
}

using Ledger.Domain.Coupons;
using Ledger.Domain.Invoices;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Subscriptions;

/// <summary>The next invoice of a subscription, if nothing changes until then. It is computed, never stored.</summary>
/// <param name="On">The day it falls due; in the past when invoices are behind.</param>
/// <param name="Period">The days it is for.</param>
public sealed record UpcomingInvoice(LocalDate On, BillingPeriod Period, InvoiceDraft Draft)
{
    /// <summary>
    /// Null when there will be none: it has ended or ends before, it is on hold, or it is pending without items.
    /// </summary>
    /// <param name="items">The subscription's, at the prices of today.</param>
    public static UpcomingInvoice? Of(Subscription.Known subscription, IReadOnlyList<SubscriptionItem> items, Tenant.Known tenant)
    {
        if (subscription.IsEnded || subscription.Status is SubscriptionStatus.OnHold || items.Count == 0) return null;

        var days = (subscription.NextDays
            ?? DaysToBill.From(new(subscription.BillingStartsOn, subscription.BillingDay), subscription.Frequency, subscription.FirstDueOn, subscription.EndsOn))
            .In(tenant.Zone);
        return subscription.EndsOn <= days.Days.From
            ? null
            : new(days.Days.From, days.Days, DiscountedDays.Of(subscription, items, days, tenant.PricesIncludeTax).Draft);
    }
}

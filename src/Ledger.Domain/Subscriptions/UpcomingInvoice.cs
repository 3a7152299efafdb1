using Ledger.Domain.Balances;
using Ledger.Domain.Coupons;
using Ledger.Domain.Invoices;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Subscriptions;

/// <summary>The next invoice of a subscription, if nothing changes until then. It is computed, never stored.</summary>
/// <param name="On">The day it falls due; in the past when invoices are behind.</param>
/// <param name="Period">The days it is for.</param>
public sealed record UpcomingInvoice(LocalDate On, BillingPeriod Period, InvoiceDraft Draft)
{
    /// <summary>What the customer's balance would pay of it.</summary>
    public Money FromBalance { get; private init; } = Money.Zero(Draft.Total.Currency);

    /// <summary>What would be charged.</summary>
    public Money Due => Draft.Total - FromBalance;

    /// <summary>
    /// Null when there will be none: it has ended or ends before, it is on hold, or it is pending without items.
    /// </summary>
    /// <param name="items">The subscription's, at the prices of today.</param>
    /// <param name="balance">The customer's; null where it has none.</param>
    public static UpcomingInvoice? Of(
        Subscription.Known subscription, IReadOnlyList<SubscriptionItem> items, Tenant.Known tenant, CustomerBalance? balance = null)
    {
        if (subscription.IsEnded || subscription.Status is SubscriptionStatus.OnHold || items.Count == 0) return null;

        var days = (subscription.NextDays
            ?? DaysToBill.From(new(subscription.BillingStartsOn, subscription.BillingDay), subscription.Frequency, subscription.FirstDueOn, subscription.EndsOn))
            .In(tenant.Zone);
        if (subscription.EndsOn <= days.Days.From) return null;
        var draft = DiscountedDays.Of(subscription, items, days, tenant.PricesIncludeTax).Draft;
        var has = balance?.In(subscription.Currency) ?? Money.Zero(subscription.Currency);
        return new(days.Days.From, days.Days, draft) { FromBalance = has < draft.Total ? has : draft.Total };
    }
}

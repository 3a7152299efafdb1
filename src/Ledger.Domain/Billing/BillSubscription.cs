using Ledger.Domain.Coupons;
using Ledger.Domain.Invoices;
using Ledger.Domain.Orders;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

/// <summary>Invoice the next period of a subscription if its day has come, and begin the payment.</summary>
/// <remarks>
/// A period is billed once: its invoice's id follows from it. While the invoice before is unpaid nothing further is billed;
/// once it is paid the missed periods follow, one after the other, each with its own dates. Where only some days of a period are
/// to be billed, each line is prorated. A subscription that says how it is delivered has an order for each period. Nothing due
/// decides nothing.
/// </remarks>
/// <param name="Today">The current date in the tenant's zone: periods that begin up to it are due.</param>
public sealed record BillSubscription(SubscriptionId Id, TenantId Tenant, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(Id.Stream) is not Subscription.Known known) return SubscriptionRejections.NotFound;
        if (known.EndsOn is { } end && end <= Today && !known.IsEnded)
            return new JointDecision().Append(Id.Stream, new SubscriptionCancelled(Id, end));
        if (known.Status is not SubscriptionStatus.Active || known.NextDays is not { } planned || planned.Days.From > Today) return JointDecision.Nothing;
        if (known.Billed is { } before && !await SubscriptionInvoice.IsSettled(states, before)) return JointDecision.Nothing;
        if (await states.Of<Tenant, TenantEvent>(Tenant.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;

        var next = planned.In(tenant.Zone);
        if (next.Days.From > Today) return JointDecision.Nothing;
        var invoice = InvoiceId.ForPeriod(Id, next.Days.From, known.Restarts);
        if (await states.OfNew<Invoice, InvoiceEvent>(invoice.Stream) is not Invoice.Unknown) return JointDecision.Nothing;
        var items = await CurrentPrices.Of(known, states);
        var (draft, coupons) = DiscountedDays.Of(known, items, next, tenant.PricesIncludeTax);
        var billed = new SubscriptionBilled(Id, next.Days, invoice, PaymentId.ForInvoice(invoice), coupons.Count > 0 ? coupons : null,
            next.Full == planned.Full ? null : next.Full);
        var order = await PeriodOrder.Of(states, known, invoice, items, draft, next.Days, Today);
        return await new SubscriptionInvoice(known, Tenant, Today).Issue(states, invoice, next.Days, draft, [billed], new JointDecision(), order);
    }
}

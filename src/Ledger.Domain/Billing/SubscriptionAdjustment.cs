using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

/// <summary>Charges something else from today on, by one document: what was charged is credited, and the new is charged.</summary>
/// <remarks>
/// Above zero it is an invoice, collected at once; below, a credit note on what was invoiced; at zero nothing is billed. Refuses with
/// <c>subscription_not_active</c>, and with <c>payment_pending</c> for a charge while the one before is under way.
/// </remarks>
/// <param name="Subscription">As it is before.</param>
internal sealed record SubscriptionAdjustment(Subscription.Known Subscription, ChargedDays Before, TenantId TenantId, LocalDate Today)
{
    /// <param name="lines">What is charged from now on.</param>
    /// <param name="days">For which days.</param>
    /// <param name="changes">What else changes.</param>
    public async ValueTask<JointDecision> To(
        IStates states, IReadOnlyList<ChargedLine> lines, DaysToBill days, IReadOnlyList<SubscriptionEvent> changes)
    {
        if (Subscription.Status is not SubscriptionStatus.Active) return SubscriptionRejections.NotActive;
        if (await states.Of<Tenant, TenantEvent>(TenantId.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;
        var draft = InvoiceDraft.Of(
            Subscription.Currency, [.. Before.Credits, .. lines.Select(line => line.Charge(days))], tenant.PricesIncludeTax);
        var adjusted = new SubscriptionAdjusted(Subscription.Id, days.Days, days.Full, lines);
        if (draft.Total.Amount > 0) return await Charge(states, draft, adjusted, changes);

        var decision = new JointDecision();
        await new TakeBack(states, Subscription, reason: null, Today, decision).Days(draft, Before.Rest.Days);
        return decision.Append(Subscription.Id.Stream, [.. changes, adjusted]);
    }

    private async ValueTask<JointDecision> Charge(
        IStates states, InvoiceDraft draft, SubscriptionAdjusted adjusted, IReadOnlyList<SubscriptionEvent> changes)
    {
        if (!await SubscriptionInvoice.IsSettled(states, Subscription.Billed!)) return PaymentRejections.Pending;
        var invoice = InvoiceId.ForAdjustment(Subscription.Id, Subscription.Adjustments);
        _ = await states.OfNew<Invoice, InvoiceEvent>(invoice.Stream);
        return await new SubscriptionInvoice(Subscription, TenantId, Today).Issue(
            states, invoice, adjusted.Period, draft,
            [.. changes, adjusted with { InvoiceId = invoice, PaymentId = PaymentId.ForInvoice(invoice) }], new JointDecision());
    }
}

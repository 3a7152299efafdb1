using Ledger.Domain.Coupons;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Billing;

/// <summary>Charges something else from today on, by one document: what was charged is credited, and the new is charged.</summary>
/// <remarks>
/// Above zero it is an invoice, collected at once; below, a credit note on what was invoiced. Where it comes to zero at every rate of
/// tax, and each line takes the place of another, there is none. Refuses with <c>subscription_not_active</c>, and with
/// <c>payment_pending</c> for a charge while the one before is under way.
/// </remarks>
/// <param name="Subscription">As it is before.</param>
internal sealed record SubscriptionAdjustment(Subscription.Known Subscription, ChargedDays Before, TenantId TenantId, LocalDate Today)
{
    /// <param name="items">What is charged from now on.</param>
    /// <param name="frequency">In which rhythm.</param>
    /// <param name="changes">What else changes.</param>
    public async ValueTask<JointDecision> To(
        IStates states, IReadOnlyList<SubscriptionItem> items, Frequency frequency, IReadOnlyList<SubscriptionEvent> changes)
    {
        if (await states.Of<Tenant, TenantEvent>(TenantId.Stream) is not Tenant.Known tenant) return TenantRejections.NotFound;
        ChargedLine[] lines = [.. items.Select(item => ChargedLine.Of(item) with { PricesIncludeTax = tenant.PricesIncludeTax })];
        var isSameRhythm = frequency == Subscription.Billed!.Frequency;
        if (isSameRhythm && lines.Length == Before.Lines.Count && lines.Zip(Before.Lines).All(pair => pair.First.IsSame(pair.Second)))
            return new JointDecision().Append(Subscription.Id.Stream, [.. changes]);
        if (Subscription.Status is not SubscriptionStatus.Active) return SubscriptionRejections.NotActive;

        var days = isSameRhythm ? Before.Rest : DaysToBill.From(
            new(Today, Subscription.DayKeptAt(Today) ?? Subscription.BillingDay), frequency, Today, Subscription.EndsOn);
        var (coupons, used) = isSameRhythm ? (OfThePeriod, null) : OfANewPeriod(lines, days);
        var draft = AdjustmentDraft.Of(
            Subscription.Currency, Before, lines, days, coupons, tenant.PricesIncludeTax, isSameRhythm && coupons.All(one => one.Percentage is not null));
        var adjusted = new SubscriptionAdjusted(Subscription.Id, days.Days, days.Full, lines, Coupons: used);
        if (draft.ChangesNothing && draft.Places() is { } places)
            return new JointDecision().Append(Subscription.Id.Stream, [.. changes, adjusted with { Charged = On(lines, draft, places) }]);
        return draft.Total.Amount >= 0 ? await Charge(states, draft, adjusted, changes) : await Credit(states, draft, adjusted, changes);
    }

    /// <summary>Those that reduced what is given back: they reduce what is charged instead on the same terms, amounts for the days that are left.</summary>
    private IReadOnlyList<CouponTerms> OfThePeriod =>
    [
        .. Subscription.Billed!.Coupons.Select(one => one.Terms.Amount is { } amount
            ? one.Terms with { Amount = amount.Prorate(Before.Rest.Days, Subscription.Billed.CouponDays) }
            : one.Terms),
    ];

    /// <summary>A period of its own is a charge: what is still good for one reduces it.</summary>
    private (IReadOnlyList<CouponTerms> Coupons, IReadOnlyList<CouponId>? Used) OfANewPeriod(IReadOnlyList<ChargedLine> lines, DaysToBill days)
    {
        var valid = AppliedCoupon.For(Subscription.Coupons, days.Days.From, Subscription.Currency);
        var used = Discounts.Used([.. lines.Select(line => line.Charge(days))], valid);
        return ([.. valid.Select(one => one.Terms)], used.Count > 0 ? used : null);
    }

    private async ValueTask<JointDecision> Charge(
        IStates states, AdjustmentDraft draft, SubscriptionAdjusted adjusted, IReadOnlyList<SubscriptionEvent> changes)
    {
        if (!await SubscriptionInvoice.IsSettled(states, Subscription.Billed!)) return PaymentRejections.Pending;
        var invoice = InvoiceId.ForAdjustment(Subscription.Id, Subscription.Adjustments);
        _ = await states.OfNew<Invoice, InvoiceEvent>(invoice.Stream);
        return await new SubscriptionInvoice(Subscription, TenantId, Today).Issue(
            states, invoice, adjusted.Period, draft.Invoice,
            [
                .. changes,
                adjusted with
                {
                    InvoiceId = invoice, PaymentId = PaymentId.ForInvoice(invoice),
                    Charged = On(adjusted.Charged, draft, [.. Enumerable.Range(draft.Credits.Count, draft.Charges.Count)]),
                },
            ],
            new JointDecision());
    }

    private async ValueTask<JointDecision> Credit(
        IStates states, AdjustmentDraft draft, SubscriptionAdjusted adjusted, IReadOnlyList<SubscriptionEvent> changes)
    {
        var decision = new JointDecision();
        await new TakeBack(states, Subscription, reason: null, Today, decision).Days(draft.GivenBack, draft.Charges);
        int[] places = [.. Enumerable.Range(Before.Left.Count, draft.Charges.Count)];
        return decision.Append(Subscription.Id.Stream, [.. changes, adjusted with { Charged = On(adjusted.Charged, draft, places) }]);
    }

    private static IReadOnlyList<ChargedLine> On(IReadOnlyList<ChargedLine> lines, AdjustmentDraft draft, IReadOnlyList<int> places) =>
        [.. lines.Select((line, i) => line with { Line = places[i], Discount = draft.Charges[i].Discount })];
}

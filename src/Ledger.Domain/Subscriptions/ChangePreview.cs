using Ledger.Domain.Balances;
using Ledger.Domain.Billing;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Invoices;
using Ledger.Domain.Payments;
using Ledger.Domain.Refunds;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Subscriptions;

/// <summary>What a change of a subscription would come to: the command decided, and not written.</summary>
/// <param name="Invoice">What would be invoiced at once; null for nothing.</param>
/// <param name="FromBalance">What the customer's balance would pay of it.</param>
/// <param name="Due">What would be charged.</param>
/// <param name="Refunded">What would be asked back of payments.</param>
/// <param name="Upcoming">The invoice after that; null when there will be none.</param>
public sealed record ChangePreview(
    InvoiceIssued? Invoice, Money FromBalance, Money Due, IReadOnlyList<CreditNoteIssued> Credits, Money Refunded, UpcomingInvoice? Upcoming)
{
    /// <summary>Why it could not be made.</summary>
    public Rejection? Rejection { get; private init; }

    /// <summary>Refuses as the change itself would.</summary>
    public static async ValueTask<ChangePreview> Of(IJointCommand change, SubscriptionId id, Tenant.Known tenant, IStates states)
    {
        if (await states.Of<Subscription, SubscriptionEvent>(id.Stream) is not Subscription.Known before) return Refused(SubscriptionRejections.NotFound);
        var decision = await change.Decide(states);
        if (decision.Rejection is { } refused) return Refused(refused);

        var events = decision.Events.Select(one => one.Event).ToList();
        var zero = Money.Zero(before.Currency);
        var after = (Subscription.Known)events.OfType<SubscriptionEvent>().Aggregate((Subscription)before, Subscription.Evolve);
        var balance = events.OfType<BalanceEvent>().Aggregate(
            await states.Of<CustomerBalance, BalanceEvent>(BalanceId.Of(before.CustomerId).Stream), CustomerBalance.Evolve);
        return new(
            events.OfType<InvoiceIssued>().SingleOrDefault(), Sum(events.OfType<CustomerBalanceApplied>().Select(one => one.Amount)),
            Sum(events.OfType<PaymentInitiated>().Select(one => one.Amount)), [.. events.OfType<CreditNoteIssued>()],
            Sum(events.OfType<RefundRequested>().Select(one => one.Amount)),
            UpcomingInvoice.Of(after, await CurrentPrices.Of(after, states), tenant, balance));

        Money Sum(IEnumerable<Money> amounts) => amounts.Aggregate(zero, (sum, one) => sum + one);
    }

    private static ChangePreview Refused(Rejection rejection) => new(null, default, default, [], default, null) { Rejection = rejection };
}

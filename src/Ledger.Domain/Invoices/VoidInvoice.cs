using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;

namespace Ledger.Domain.Invoices;

/// <summary>Make an unpaid invoice void: it keeps its number, and nothing is owed on it. Voiding again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>invoice_not_found</c>, <c>invoice_already_paid</c>, <c>invoice_partly_paid</c>, <c>invoice_not_open</c> once written
/// off, <c>payment_pending</c> while a charge is under way, and <c>invoice_of_subscription</c> while it is a running subscription's.
/// </remarks>
public sealed record VoidInvoice(InvoiceId Id, string? Reason, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Invoice, InvoiceEvent>(Id.Stream) is not Invoice.Known invoice) return InvoiceRejections.NotFound;
        if (invoice.Status is InvoiceStatus.Cancelled) return JointDecision.Nothing;
        if (invoice.Status is InvoiceStatus.Paid or InvoiceStatus.WrittenOff) return InvoiceRejections.WhyNotOpen(invoice);
        if (invoice.Settled.Amount > 0 || invoice.Credited.Amount > 0) return InvoiceRejections.PartlyPaid;
        if (await InvoiceCharge.IsUnderWay(states, invoice)) return PaymentRejections.Pending;
        if (invoice.SubscriptionId is { } of && await states.Of<Subscription, SubscriptionEvent>(of.Stream) is Subscription.Known { IsRunning: true })
            return InvoiceRejections.OfSubscription;

        // A draft was never owed: there is nothing to take back.
        var isDraft = invoice.Status is InvoiceStatus.Draft;
        return new JointDecision().Append(Id.Stream, new InvoiceCancelled(
            Id, isDraft ? [] : invoice.Lines, invoice.Period, isDraft ? Money.Zero(invoice.Total.Currency) : invoice.Total, Today, Reason));
    }
}

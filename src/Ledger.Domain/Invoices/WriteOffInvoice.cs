using Ledger.Domain.Payments;

namespace Ledger.Domain.Invoices;

/// <summary>Give up what is open on an invoice. Writing it off again changes nothing.</summary>
/// <remarks>
/// Refuses with <c>invoice_not_found</c>, <c>invoice_already_paid</c>, <c>invoice_cancelled</c>, <c>invoice_not_open</c> for a draft, and
/// <c>payment_pending</c> while a charge is under way.
/// </remarks>
public sealed record WriteOffInvoice(InvoiceId Id, string? Reason, LocalDate Today) : IJointCommand
{
    public async ValueTask<JointDecision> Decide(IStates states)
    {
        if (await states.Of<Invoice, InvoiceEvent>(Id.Stream) is not Invoice.Known invoice) return InvoiceRejections.NotFound;
        if (invoice.Status is InvoiceStatus.WrittenOff) return JointDecision.Nothing;
        if (!invoice.IsOpen) return InvoiceRejections.WhyNotOpen(invoice);
        return await InvoiceCharge.IsUnderWay(states, invoice)
            ? PaymentRejections.Pending
            : new JointDecision().Append(Id.Stream, new InvoiceWrittenOff(Id, invoice.Open, Today, Reason));
    }
}

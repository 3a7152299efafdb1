using Ledger.Application.Customers;
using Ledger.Application.Tenancy;
using Ledger.Domain.CreditNotes;
using Ledger.Domain.Customers;
using Ledger.Domain.Invoices;
using Ledger.Projections.Accounting;

namespace Ledger.Application.Documents;

/// <summary>Documents as PDF, made anew each time from what is known now. None is stored.</summary>
/// <remarks>Each is null when the tenant has no such thing.</remarks>
public sealed class Papers(StateReader states, Tenants tenants, CustomerSealing sealing, TenantFiles files, AccountMoves moves)
{
    public async Task<byte[]?> Invoice(Tenant.Known tenant, InvoiceId id, CancellationToken ct) =>
        await FindInvoice(tenant, id, ct) is { } invoice
            ? PaperLayout.Write(InvoicePaper.Of(invoice.On(tenant.DateOf(await tenants.Now(tenant, ct))), await Frame(tenant, invoice.CustomerId, ct))) : null;

    public async Task<byte[]?> CreditNote(Tenant.Known tenant, CreditNoteId id, CancellationToken ct)
    {
        if (await states.Of<CreditNote, CreditNoteEvent>(tenant.Id.ToString(), id.Stream, ct) is not CreditNote.Known { Issued: var note }) return null;
        var invoice = await FindInvoice(tenant, note.InvoiceId, ct) ?? throw new InvalidOperationException("A credit note without its invoice.");
        return PaperLayout.Write(CreditNotePaper.Of(note, invoice, await Frame(tenant, note.CustomerId, ct)));
    }

    /// <param name="payment">One that was captured.</param>
    public async Task<byte[]> Receipt(Tenant.Known tenant, Payment.Known payment, CancellationToken ct)
    {
        var invoice = payment.InvoiceId is { } id ? await FindInvoice(tenant, id, ct) : null;
        return PaperLayout.Write(ReceiptPaper.Of(payment, invoice, await Frame(tenant, payment.CustomerId, ct)));
    }

    /// <param name="from">The first day that is shown move by move; what was before is one sum.</param>
    public async Task<byte[]?> Statement(Tenant.Known tenant, CustomerId customer, LocalDate from, LocalDate to, CancellationToken ct)
    {
        var frame = await Frame(tenant, customer, ct);
        return frame.Customer is null ? null : PaperLayout.Write(StatementPaper.Of(await moves.Of(tenant.Id.ToString(), customer, to, ct), from, to, frame));
    }

    private async Task<Invoice.Known?> FindInvoice(Tenant.Known tenant, InvoiceId id, CancellationToken ct) =>
        await states.Of<Invoice, InvoiceEvent>(tenant.Id.ToString(), id.Stream, ct) as Invoice.Known;

    /// <summary>Of a customer who was deleted nothing is known any more, and the document is to nobody.</summary>
    private async Task<PaperFrame> Frame(Tenant.Known tenant, CustomerId? customer, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        var logo = tenant.Branding.Logo is { } kept ? (await files.Find(name, kept.Hash, ct))?.Content : null;
        var known = customer is { } id ? await states.Of<Customer, CustomerEvent>(name, id.Stream, ct) as Customer.Known : null;
        return new(tenant, logo, known, known is null ? CustomerDetails.None : await sealing.Open(name, known.Id, known.Details, ct));
    }
}

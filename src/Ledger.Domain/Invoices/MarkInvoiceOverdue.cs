namespace Ledger.Domain.Invoices;

/// <summary>Say that an invoice was not paid in time. Before that day, and once it is paid, nothing happens.</summary>
public sealed record MarkInvoiceOverdue(InvoiceId Id, LocalDate Today) : ICommand<Invoice, InvoiceEvent>
{
    public StreamId Stream => Id.Stream;

    public Decision<InvoiceEvent> Decide(Invoice state) =>
        state is Invoice.Known known && known.FallsOverdue(Today) is { } late ? [late] : [];
}

using Ledger.Domain.Invoices;

namespace Ledger.Domain.Payments;

public readonly record struct PaymentId(Guid Value) : IId<PaymentId>
{
    public static PaymentId From(Guid value) => new(value);

    /// <summary>The payment of an invoice. Every attempt to collect it is the same payment.</summary>
    public static PaymentId ForInvoice(InvoiceId invoice) => new(DerivedId.Of(invoice.Value, "payment"));

    public StreamId Stream => new("payment", Value);
}

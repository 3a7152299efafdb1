using Ledger.Domain.Invoices;
using Ledger.Domain.Tenancy;

namespace Ledger.Domain.Payments;

public readonly record struct PaymentId(Guid Value) : IId<PaymentId>
{
    public static PaymentId From(Guid value) => new(value);

    /// <summary>The payment of an invoice. Every attempt to collect it is the same payment.</summary>
    public static PaymentId ForInvoice(InvoiceId invoice) => new(DerivedId.Of(invoice.Value, "payment"));

    /// <summary>The payment that a system outside has taken under this name: a tenant has one of each name, whatever it pays.</summary>
    public static PaymentId TakenOutside(TenantId tenant, string reference) => new(DerivedId.Of(tenant.ToString(), "outside_payment", reference));

    public StreamId Stream => new("payment", Value);
}

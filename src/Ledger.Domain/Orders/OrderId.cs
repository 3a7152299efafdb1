using Ledger.Domain.Invoices;

namespace Ledger.Domain.Orders;

public readonly record struct OrderId(Guid Value) : IId<OrderId>
{
    public static OrderId From(Guid value) => new(value);

    public StreamId Stream => new("order", Value);

    /// <summary>What a period of a subscription delivers: an invoice has one order.</summary>
    public static OrderId ForPeriod(InvoiceId invoice) => new(DerivedId.Of(invoice.Value, "order"));

    /// <summary>The invoice of an order of items, unless it is a subscription's: an order has one, however often it is tried to be paid.</summary>
    public InvoiceId OwnInvoice => new(DerivedId.Of(Value, "invoice"));
}

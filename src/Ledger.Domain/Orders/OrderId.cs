using Ledger.Domain.Invoices;

namespace Ledger.Domain.Orders;

public readonly record struct OrderId(Guid Value) : IId<OrderId>
{
    public static OrderId From(Guid value) => new(value);

    public StreamId Stream => new("order", Value);

    /// <summary>The invoice of an order of items: an order has one, however often it is tried to be paid.</summary>
    public InvoiceId Invoice => new(DerivedId.Of(Value, "invoice"));
}

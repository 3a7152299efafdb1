namespace Ledger.Domain.Customers;

public readonly record struct CustomerId(Guid Value) : IId<CustomerId>
{
    public static CustomerId From(Guid value) => new(value);

    public StreamId Stream => new("customer", Value);
}

namespace Ledger.Domain.Refunds;

public readonly record struct RefundId(Guid Value) : IId<RefundId>
{
    public static RefundId From(Guid value) => new(value);

    public StreamId Stream => new("refund", Value);
}

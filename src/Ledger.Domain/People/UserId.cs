namespace Ledger.Domain.People;

/// <summary>Somebody who works for a tenant, or for the platform itself. Customers are not users: they log in as themselves.</summary>
public readonly record struct UserId(Guid Value) : IId<UserId>
{
    public static UserId From(Guid value) => new(value);

    public StreamId Stream => new("user", Value);
}

namespace Ledger.Domain.Tenancy;

/// <summary>A business that bills its customers through Ledger. Its text is the tenant of every row.</summary>
public readonly record struct TenantId(Guid Value) : IId<TenantId>
{
    public static TenantId From(Guid value) => new(value);

    public StreamId Stream => new("tenant", Value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ApiKeyId(Guid Value) : IId<ApiKeyId>
{
    public static ApiKeyId From(Guid value) => new(value);

    public StreamId Stream => new("api_key", Value);
}

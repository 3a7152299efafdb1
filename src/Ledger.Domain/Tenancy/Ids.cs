namespace Ledger.Domain.Tenancy;

/// <summary>A business that bills its customers through Ledger. Its text is the tenant of every row.</summary>
public readonly record struct TenantId(Guid Value) : IId<TenantId>
{
    public static TenantId From(Guid value) => new(value);

    /// <summary>Not a business: where those belong who look after the tenants.</summary>
    public static readonly TenantId Platform = new(new Guid("00000000-0000-4000-8000-000000000001"));

    public StreamId Stream => new("tenant", Value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ApiKeyId(Guid Value) : IId<ApiKeyId>
{
    public static ApiKeyId From(Guid value) => new(value);

    public StreamId Stream => new("api_key", Value);
}

/// <summary>Follows from the tenant and the provider: there is one for each.</summary>
public readonly record struct ProviderConfigId(Guid Value) : IId<ProviderConfigId>
{
    public static ProviderConfigId From(Guid value) => new(value);

    public static ProviderConfigId Of(TenantId tenant, ProviderName provider) =>
        new(DerivedId.Of(tenant.ToString(), "provider_config", provider.ToString()));

    public StreamId Stream => new("provider_config", Value);
}

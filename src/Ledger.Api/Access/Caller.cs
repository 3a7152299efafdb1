using Ledger.Domain.Tenancy;

namespace Ledger.Api.Access;

/// <summary>Who asks: the bearer of an API key of a tenant.</summary>
public sealed record Caller(Tenant.Known Tenant, ApiKeyId Key, ApiKeyRole Role)
{
    public string TenantName => Tenant.Id.ToString();
}

/// <summary>Who may call an endpoint. Each states it; one that does not is called by nobody.</summary>
public enum Who
{
    /// <summary>Anybody, without a key.</summary>
    Public,

    /// <summary>Staff and admins of the tenant.</summary>
    Staff,

    /// <summary>Admins of the tenant.</summary>
    Admin,
}

/// <summary>What an endpoint says of who may call it.</summary>
public sealed record AccessRule(Who Who)
{
    public bool Admits(Caller? caller) => Who switch
    {
        Who.Public => true,
        Who.Staff => caller is not null,
        Who.Admin => caller is { Role: ApiKeyRole.Admin },
        _ => false,
    };
}

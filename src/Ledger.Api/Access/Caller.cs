using Ledger.Domain.Customers;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;

namespace Ledger.Api.Access;

/// <summary>Who asks: an API key of a tenant, one of its users or customers, or a visitor at its host name.</summary>
/// <param name="Tenant">For which tenant; the platform itself, for those who look after tenants.</param>
/// <param name="Id">Of the key, the user or the customer.</param>
public sealed record Caller(Tenant.Known Tenant, CallerKind Kind, Guid Id, CallerRole Role)
{
    public string TenantName => Tenant.Id.ToString();

    /// <summary>What staff may do beyond serving customers. An admin may do all of it without a list.</summary>
    public IReadOnlyList<Permission> Permissions { get; init; } = [];

    /// <summary>The parts of the API that a key is for; null for all of them.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }

    /// <summary>The user with whom a key ends; null for none, and for whoever is no key.</summary>
    public UserId? KeyOf { get; init; }

    /// <summary>Whether it is the merchant whose tenant it is: an admin.</summary>
    public bool IsMerchant { get; init; }

    /// <summary>Of a user or a customer who logged in here; null for keys, visitors, and tokens of an outside issuer.</summary>
    public Guid? Session { get; init; }

    /// <summary>Set when a customer asks: nothing of another customer is there.</summary>
    public CustomerId? Customer => Kind is CallerKind.Customer ? new(Id) : null;

    /// <summary>The user who asks; null for keys and customers.</summary>
    public UserId? User => Kind is CallerKind.User ? new(Id) : null;

    /// <summary>As it stands in the headers of events.</summary>
    public string ActorKind => Kind switch
    {
        CallerKind.ApiKey => "api_key",
        CallerKind.User => "user",
        CallerKind.Customer => "customer",
        _ => "visitor",
    };

    public bool May(Permission right) =>
        Role is CallerRole.Admin or CallerRole.PlatformAdmin || Permissions.Contains(right)
        || (Role is CallerRole.Staff && Scopes?.Contains(AccessRule.ScopeOf(right)) == true);
}

public enum CallerKind
{
    ApiKey, User, Customer,

    /// <summary>Somebody who has not shown who they are, at a tenant's host name.</summary>
    Visitor,
}

/// <summary>Admins may do what staff may. Customers have their own, and platform admins the tenants: neither has the tenant's affairs.</summary>
public enum CallerRole { Customer, Staff, Admin, PlatformAdmin }

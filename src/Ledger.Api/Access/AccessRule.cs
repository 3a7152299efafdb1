using Ledger.Domain.People;
using Ledger.EventStore.Events;

namespace Ledger.Api.Access;

/// <summary>Who may call an endpoint. Each states it; one that does not is called by nobody.</summary>
public enum Who
{
    /// <summary>Anybody, without a key.</summary>
    Public,

    /// <summary>Whoever has logged in: users and customers.</summary>
    SignedIn,

    /// <summary>A customer, what is their own; and staff and admins.</summary>
    CustomerOwn,

    /// <summary>Staff and admins of the tenant.</summary>
    Staff,

    /// <summary>As <see cref="Staff"/>, and those who look after tenants.</summary>
    StaffOrPlatform,

    /// <summary>Admins of the tenant.</summary>
    Admin,

    /// <summary>Those who look after tenants.</summary>
    PlatformAdmin,
}

/// <summary>What an endpoint says of who may call it.</summary>
/// <param name="Right">What staff need beyond their role; admins have it.</param>
/// <param name="Scope">What a key with scopes needs, such as <c>customers:read</c>.</param>
public sealed record AccessRule(Who Who, Permission? Right = null, string? Scope = null)
{
    /// <summary>Why a caller may not; null when they may, as far as it does not depend on whose a thing is.</summary>
    public Problem? Refusal(Caller caller)
    {
        if (Who is Who.Public) return null;
        if (!HasRole(caller) || !HasScope(caller)) return Problem.Forbidden;
        return Right is { } right && !caller.May(right) ? Problem.Forbidden : null;
    }

    /// <summary>A right as the scope of a key.</summary>
    public static string ScopeOf(Permission right) => EventTypes.SnakeCase(right.ToString());

    private bool HasRole(Caller caller) => Who switch
    {
        Who.SignedIn => caller.Kind is CallerKind.User or CallerKind.Customer,
        Who.CustomerOwn => caller.Role is CallerRole.Customer or CallerRole.Staff or CallerRole.Admin,
        Who.Staff => caller.Role is CallerRole.Staff or CallerRole.Admin,
        Who.StaffOrPlatform => caller.Role is CallerRole.Staff or CallerRole.Admin or CallerRole.PlatformAdmin,
        Who.Admin => caller.Role is CallerRole.Admin,
        Who.PlatformAdmin => caller.Role is CallerRole.PlatformAdmin,
        _ => false,
    };

    /// <summary>Who may write may read.</summary>
    private bool HasScope(Caller caller) =>
        caller.Scopes is not { } scopes || Scope is null || scopes.Contains(Scope)
        || (Scope.EndsWith(":read", StringComparison.Ordinal) && scopes.Contains(Scope[..^4] + "write"));
}

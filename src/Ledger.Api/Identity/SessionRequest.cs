namespace Ledger.Api.Identity;

/// <summary>What to log in with: by <c>grant</c>, a password, a code that was sent, or the token of a link that was sent.</summary>
public sealed record SessionRequest(
    LoginGrant Grant, string? Email = null, string? PhoneNumber = null, string? Password = null, string? Code = null, string? Token = null)
{
    public void OrRefuse() => new Check()
        .Text(Email, "/email", 254).Text(PhoneNumber, "/phone_number", 40).Text(Password, "/password", 200).Text(Code, "/code", 10).Text(Token, "/token", 100)
        .And(Grant is not LoginGrant.Password || (Email is not null && Password is not null), "/password", "required", "A password needs the e-mail address it is of.")
        .And(Grant is not LoginGrant.LoginCode || (Code is not null && (Email is null) != (PhoneNumber is null)), "/code", "required", "A code needs the e-mail address or the telephone number it was sent to.")
        .And(Grant is not LoginGrant.MagicLink || Token is not null, "/token", "required", "A link has a token.").OrRefuse();
}

public enum LoginGrant { Password, LoginCode, MagicLink }

/// <param name="AccessToken">Send it as bearer; it is good for <paramref name="ExpiresIn"/> seconds.</param>
public sealed record SessionResponse(string AccessToken, string TokenType, int ExpiresIn, CurrentSessionResponse Session);

/// <summary>Who is logged in, and what they may do.</summary>
/// <param name="Id">Of the session; null with a token of an outside issuer.</param>
/// <param name="UserId">Null for customers.</param>
/// <param name="CustomerId">Null for users.</param>
/// <param name="Customer">Who it is, for customers.</param>
public sealed record CurrentSessionResponse(
    Guid? Id, Domain.Tenancy.TenantId TenantId, CallerKind Kind, Guid? UserId, Guid? CustomerId, SessionRole Role, IReadOnlyList<SessionRole> Roles,
    IReadOnlyList<Domain.People.Permission> Permissions, Customers.CustomerResponse? Customer = null)
{
    public static CurrentSessionResponse From(Caller caller, Customers.CustomerResponse? customer = null) => new(
        caller.Session, caller.Tenant.Id, caller.Kind, caller.User?.Value, caller.Customer?.Value, RoleOf(caller), [RoleOf(caller)],
        caller.Role is CallerRole.Staff ? caller.Permissions : [], customer);

    private static SessionRole RoleOf(Caller caller) => caller.Role switch
    {
        CallerRole.Customer => SessionRole.Customer,
        CallerRole.Staff => SessionRole.Staff,
        CallerRole.PlatformAdmin => SessionRole.PlatformAdmin,
        _ => caller.IsMerchant ? SessionRole.Merchant : SessionRole.Admin,
    };
}

/// <summary>What somebody is called who has logged in. A merchant may do what an admin may.</summary>
public enum SessionRole { Customer, Staff, Admin, Merchant, PlatformAdmin }

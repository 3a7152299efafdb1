using Ledger.Application.Tenancy;
using Ledger.Domain.Customers;
using Ledger.Domain.People;
using Ledger.Identity.Sessions;
using Ledger.Identity.Tokens;

namespace Ledger.Api.Access;

/// <summary>From an access token to who logged in, with the rights that they have now.</summary>
internal sealed class SignedInCallers(AccessTokens tokens, Sessions sessions, StateReader states, Tenants tenants, IClock clock)
{
    /// <summary>How long a session that was ended, or a right that was taken, may still be used.</summary>
    private readonly Kept<Guid, Caller?> kept = new(10_000, Duration.FromSeconds(2));

    /// <summary>Nobody when the token is not good, the session has ended, or whoever it was is no longer there.</summary>
    public async ValueTask<FoundCaller> Find(string token, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        if (await tokens.Read(token, now, ct) is { } read) return new(await kept.Get(read.Session, now, _ => Look(read, now), ct));
        return await tokens.IsOver(token, now, ct) ? FoundCaller.Expired : FoundCaller.Nobody;
    }

    /// <summary>Has the next request look again: a session has ended, in this process.</summary>
    public void Forget(Guid session) => kept.Forget(session);

    /// <summary>Who somebody is now; null when they are not there any more.</summary>
    /// <param name="session">Null without one of ours.</param>
    public async Task<Caller?> Of(string tenantName, Subject subject, Guid? session, CancellationToken ct)
    {
        if (await PlatformTenant.Find(tenants, tenantName, ct) is not { } tenant) return null;
        if (subject.Kind is SubjectKind.Customer)
            return await states.Of<Customer, CustomerEvent>(tenantName, new CustomerId(subject.Id).Stream, ct) is Customer.Known
                ? new(tenant, CallerKind.Customer, subject.Id, CallerRole.Customer) { Session = session }
                : null;

        return await states.Of<User, UserEvent>(tenantName, new UserId(subject.Id).Stream, ct) is User.Active user
            ? new(tenant, CallerKind.User, subject.Id, RoleOf(user.Role)) { Session = session, Permissions = user.Permissions, IsMerchant = user.Role is UserRole.Merchant }
            : null;
    }

    private async Task<Caller?> Look(AccessToken read, Instant now) => await sessions.IsOpen(read.Tenant, read.Session, now, CancellationToken.None)
        ? await Of(read.Tenant, read.Subject, read.Session, CancellationToken.None)
        : null;

    private static CallerRole RoleOf(UserRole role) => role switch
    {
        UserRole.PlatformAdmin => CallerRole.PlatformAdmin,
        UserRole.Admin or UserRole.Merchant => CallerRole.Admin,
        _ => CallerRole.Staff,
    };
}

/// <summary>Whom a token leads to.</summary>
/// <param name="IsExpired">Whether it was good, and its time is over: the next one is to be had.</param>
internal readonly record struct FoundCaller(Caller? Caller, bool IsExpired = false)
{
    public static FoundCaller Nobody => default;

    public static FoundCaller Expired => new(null, IsExpired: true);
}

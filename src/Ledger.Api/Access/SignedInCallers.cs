using System.Collections.Concurrent;
using Ledger.Domain.Customers;
using Ledger.Domain.People;
using Ledger.Identity.Sessions;
using Ledger.Identity.Tokens;
using Ledger.Workers.Tenancy;

namespace Ledger.Api.Access;

/// <summary>From an access token to who logged in, with the rights that they have now.</summary>
internal sealed class SignedInCallers(AccessTokens tokens, Sessions sessions, StateReader states, Tenants tenants, IClock clock)
{
    private const int KeptMax = 10_000;

    /// <summary>How long a session that was ended, or a right that was taken, may still be used.</summary>
    private static readonly Duration KeptFor = Duration.FromSeconds(2);

    private readonly ConcurrentDictionary<Guid, (Caller? Caller, Instant Until)> kept = new();

    /// <summary>Null when the token is not good, the session has ended, or whoever it was is no longer there.</summary>
    public async ValueTask<Caller?> Find(string token, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        if (await tokens.Read(token, now, ct) is not { } read) return null;
        if (kept.TryGetValue(read.Session, out var entry) && entry.Until > now) return entry.Caller;

        var caller = await sessions.IsOpen(read.Tenant, read.Session, now, ct) ? await Of(read.Tenant, read.Subject, read.Session, ct) : null;
        if (kept.Count >= KeptMax) kept.Clear();
        kept[read.Session] = (caller, now + KeptFor);
        return caller;
    }

    /// <summary>Has the next request look again: a session has ended, in this process.</summary>
    public void Forget(Guid session) => kept.TryRemove(session, out _);

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

    private static CallerRole RoleOf(UserRole role) => role switch
    {
        UserRole.PlatformAdmin => CallerRole.PlatformAdmin,
        UserRole.Admin or UserRole.Merchant => CallerRole.Admin,
        _ => CallerRole.Staff,
    };
}

using Ledger.Domain.People;
using Ledger.EventStore.PersonalData;
using Ledger.Identity;
using Ledger.Identity.Logins;

namespace Ledger.Application.People;

/// <summary>Takes in users: the same for requests and on the command line.</summary>
/// <remarks>
/// The password is stored first, under an id that nobody has yet, and is taken away again when the user is refused. If the
/// process ends in between, a password of nobody is left, which opens nothing.
/// </remarks>
public sealed class Registration(CommandHandler commands, PersonalKeys keys, PlatformKey platform, Logins logins, IClock clock)
{
    public async Task<Outcome<User>> Register(
        CommandContext context, UserRole role, IReadOnlyList<Permission> permissions, UserDetails details, string password, CancellationToken ct,
        Func<Outcome<User>, StoredAnswer>? answer = null)
    {
        var id = new UserId(Guid.CreateVersion7());
        var (key, change) = keys.New(id.Value);
        var index = context.Tenant == TenantId.Platform.ToString() ? await platform.Get(ct) : await keys.TenantKey(context.Tenant, ct);
        var token = Convert.ToHexStringLower(index.EmailToken(details.Email));
        var command = new RegisterUser(id, role, permissions, key.Seal(details), token);

        await logins.Set(context.Tenant, id.Value, password, clock.GetCurrentInstant(), ct);
        try
        {
            var outcome = await commands.Handle(command, context with
            {
                Keys = [change], FreshKey = key, Request = context.Request is { } request ? request with { Subject = id.Value } : null,
            }, ct, answer);
            if (outcome.Rejection is not null) await logins.Remove(context.Tenant, id.Value, CancellationToken.None);
            return outcome;
        }
        catch (RequestKnownException)
        {
            await logins.Remove(context.Tenant, id.Value, CancellationToken.None);
            throw;
        }
    }
}

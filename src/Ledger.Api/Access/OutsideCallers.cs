using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ledger.Api.Identity;
using Ledger.Domain.People;
using Ledger.EventStore.PersonalData;
using Ledger.Identity.Sessions;
using Ledger.Identity.Tokens;

namespace Ledger.Api.Access;

/// <summary>From a token of the tenant's outside issuer to the customer whose address it shows.</summary>
internal sealed class OutsideCallers(HostTenants hosts, StateReader states, PersonalKeys keys, People people, SignedInCallers callers, IClock clock)
{
    private const int KeptMax = 10_000;
    private static readonly Duration KeptFor = Duration.FromSeconds(2);
    private readonly ConcurrentDictionary<string, (Caller? Caller, Instant Until)> kept = new();

    /// <summary>Null when the tenant of the host name trusts nobody, the token is not good, or no customer has the address.</summary>
    public async ValueTask<Caller?> Find(HttpContext http, string token)
    {
        var ct = http.RequestAborted;
        var now = clock.GetCurrentInstant();
        var tenant = await hosts.Of(http);
        var name = $"{tenant.Id} {Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))}";
        if (kept.TryGetValue(name, out var entry) && entry.Until > now) return entry.Caller;

        var caller = await Look(tenant, token, now, ct);
        if (kept.Count >= KeptMax) kept.Clear();
        kept[name] = (caller, now + KeptFor);
        return caller;
    }

    private async Task<Caller?> Look(Domain.Tenancy.Tenant.Known tenant, string token, Instant now, CancellationToken ct)
    {
        var name = tenant.Id.ToString();
        if (await states.Of<OutsideIssuer, OutsideIssuerEvent>(name, OutsideIssuer.StreamOf(tenant.Id), ct) is not OutsideIssuer.Trusted { Terms: var terms }) return null;
        var secret = terms.Secret is { } secrecy ? (await keys.TenantKey(name, ct)).Open(secrecy) : null;
        if (OutsideTokens.EmailOf(token, terms, secret, now) is not { } email) return null;
        return await people.ByEmail(name, email, ct) is { Kind: SubjectKind.Customer } customer ? await callers.Of(name, customer, session: null, ct) : null;
    }
}

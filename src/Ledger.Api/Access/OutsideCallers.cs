using Ledger.Api.Identity;
using Ledger.Application.Tenancy;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;
using Ledger.EventStore.PersonalData;
using Ledger.Identity.Tokens;

namespace Ledger.Api.Access;

/// <summary>From a token of the tenant's outside issuer to the customer whose address it shows.</summary>
internal sealed class OutsideCallers(
    HostTenants hosts, StateReader states, PersonalKeys keys, OutsideKeySets sets, People people, SignedInCallers callers, IClock clock)
{
    /// <summary>Both together are how long an issuer that is no longer trusted may still let somebody in.</summary>
    private readonly Kept<string, (OutsideTerms Terms, string? Secret)?> trusted = new(10_000, Duration.FromSeconds(1));
    private readonly Kept<(string Tenant, string Token), FoundCaller> kept = new(10_000, Duration.FromSeconds(1));

    /// <summary>Nobody when the tenant of the host name trusts nobody, the token is not good, or no customer has the address.</summary>
    public async ValueTask<FoundCaller> Find(HttpContext http, string token)
    {
        if (CompactJws.Read(token) is null) return FoundCaller.Nobody;
        var now = clock.GetCurrentInstant();
        var tenant = (await hosts.Of(http)).Id.ToString();
        return await kept.Get((tenant, ApiKeyText.HashOf(token)), now, _ => Look(tenant, token, now), http.RequestAborted);
    }

    private async Task<FoundCaller> Look(string tenant, string token, Instant now)
    {
        if (await trusted.Get(tenant, now, Trusted, CancellationToken.None) is not { } known) return FoundCaller.Nobody;
        var (terms, secret) = known;
        if (terms.KeysUrl is { } url && CompactJws.Read(token) is { } jws && jws.Claim("iss") == terms.Issuer)
            terms = terms with { Keys = await sets.Find(tenant, url, terms.Algorithm, jws.HeaderText("kid"), CancellationToken.None) };
        var (shown, isExpired) = OutsideTokens.Read(token, terms, secret, now);
        if (shown is not { } email) return new(null, isExpired);
        return await people.CustomerByEmail(tenant, email, CancellationToken.None) is { } customer
            ? new(await callers.Of(tenant, customer, session: null, CancellationToken.None))
            : FoundCaller.Nobody;
    }

    private async Task<(OutsideTerms, string?)?> Trusted(string tenant) =>
        await states.Of<OutsideIssuer, OutsideIssuerEvent>(tenant, OutsideIssuer.StreamOf(TenantId.From(Guid.Parse(tenant))), CancellationToken.None) is OutsideIssuer.Trusted { Terms: var terms }
            ? (terms, terms.Secret is { } secret ? (await keys.TenantKey(tenant, CancellationToken.None)).Open(secret) : null)
            : null;
}

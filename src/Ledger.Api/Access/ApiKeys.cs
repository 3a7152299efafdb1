using Ledger.Application.Tenancy;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;
using Ledger.Identity.Limits;

namespace Ledger.Api.Access;

/// <summary>From the key in a request to its bearer.</summary>
internal sealed class ApiKeys(Claims claims, StateReader states, Tenants tenants, KeyUses uses, IClock clock)
{
    /// <summary>How long a revoked key may still be let in.</summary>
    private readonly Kept<string, ApiKey.Usable?> kept = new(10_000, Duration.FromSeconds(2));

    /// <summary>Null when the key is nobody's, its time is up, it was revoked, or whoever gave it out was let go.</summary>
    public async ValueTask<Caller?> Find(string key, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        if (await kept.Get(ApiKeyText.HashOf(key), now, LookUp, ct) is not { } found || found.ExpiresAt <= now) return null;
        uses.Note(found.Tenant.ToString(), found.Id.Value, now);
        return await tenants.Find(found.Tenant.ToString(), ct) is { } tenant
            ? new(tenant, CallerKind.ApiKey, found.Id.Value, found.Role is ApiKeyRole.Admin ? CallerRole.Admin : CallerRole.Staff) { Scopes = found.Scopes, KeyOf = found.IssuedBy }
            : null;
    }

    private async Task<ApiKey.Usable?> LookUp(string hash)
    {
        if (await claims.OwnerOfKey(IssueApiKey.ClaimKind, hash, CancellationToken.None) is not { } owner) return null;
        var key = await states.Of<ApiKey, ApiKeyEvent>(owner.Tenant, new ApiKeyId(owner.Stream).Stream, CancellationToken.None) as ApiKey.Usable;
        return key is not { IssuedBy: { } by } || await states.Of<User, UserEvent>(owner.Tenant, by.Stream, CancellationToken.None) is User.Active ? key : null;
    }
}

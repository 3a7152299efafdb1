using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Ledger.Domain.Tenancy;
using Ledger.Identity.Limits;
using Ledger.Workers.Tenancy;

namespace Ledger.Api.Access;

/// <summary>From the key in a request to its bearer.</summary>
internal sealed class ApiKeys(Claims claims, StateReader states, Tenants tenants, KeyUses uses, TimeProvider time)
{
    private const int KeptMax = 10_000;

    /// <summary>How long a revoked key may still be let in.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, (ApiKey.Usable Key, DateTimeOffset Until)> kept = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<ApiKey.Usable?>>> asked = new();

    /// <summary>Null when the key is nobody's, its time is up, or it was revoked.</summary>
    public async ValueTask<Caller?> Find(string key, CancellationToken ct)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (!kept.TryGetValue(hash, out var entry) || entry.Until < time.GetUtcNow())
        {
            if (await LookUpOnce(hash).WaitAsync(ct) is not { } usable)
            {
                _ = kept.TryRemove(hash, out _);
                return null;
            }

            if (kept.Count >= KeptMax) kept.Clear();
            kept[hash] = entry = (usable, time.GetUtcNow() + KeptFor);
        }

        var found = entry.Key;
        if (found.ExpiresAt is { } end && end.ToDateTimeOffset() <= time.GetUtcNow()) return null;
        uses.Note(found.Tenant.ToString(), found.Id.Value, Instant.FromDateTimeOffset(time.GetUtcNow()));
        return await tenants.Find(found.Tenant.ToString(), ct) is { } tenant
            ? new(tenant, CallerKind.ApiKey, found.Id.Value, found.Role is ApiKeyRole.Admin ? CallerRole.Admin : CallerRole.Staff) { Scopes = found.Scopes }
            : null;
    }

    /// <summary>However many requests bring the same key at one moment, one of them looks it up.</summary>
    private async Task<ApiKey.Usable?> LookUpOnce(string hash)
    {
        var lookUp = asked.GetOrAdd(hash, key => new(() => LookUp(key)));
        try { return await lookUp.Value; }
        finally { _ = asked.TryRemove(KeyValuePair.Create(hash, lookUp)); }
    }

    private async Task<ApiKey.Usable?> LookUp(string hash) =>
        await claims.OwnerOfKey(IssueApiKey.ClaimKind, hash, CancellationToken.None) is { } owner
            ? await states.Of<ApiKey, ApiKeyEvent>(owner.Tenant, new ApiKeyId(owner.Stream).Stream, CancellationToken.None) as ApiKey.Usable
            : null;
}

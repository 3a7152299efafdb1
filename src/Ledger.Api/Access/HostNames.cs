using System.Collections.Concurrent;
using Ledger.Domain.Tenancy;

namespace Ledger.Api.Access;

/// <summary>Which tenant has taken a host name, as it was a few seconds ago at most.</summary>
internal sealed class HostNames(Claims claims, PlatformHosts own, TimeProvider time)
{
    private const int KeptMax = 10_000;
    private static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<string, (string? Tenant, DateTimeOffset Until)> kept = new();

    /// <summary>The tenant's id; null when the name is nobody's, or none that can be taken.</summary>
    public async ValueTask<string?> Owner(string host, CancellationToken ct)
    {
        var name = host.TrimEnd('.');
        if (!HostName.IsGood(name) || own.Has(name)) return null;
        if (kept.TryGetValue(name, out var entry) && entry.Until > time.GetUtcNow()) return entry.Tenant;

        var owner = await claims.OwnerOf(PlatformTenant.Name, HostName.ClaimKind, name, ct);
        if (kept.Count >= KeptMax) kept.Clear();
        kept[name] = (owner?.ToString(), time.GetUtcNow() + KeptFor);
        return owner?.ToString();
    }
}

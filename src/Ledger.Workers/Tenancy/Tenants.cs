using System.Collections.Concurrent;

namespace Ledger.Workers.Tenancy;

/// <summary>Tenants' settings and clocks, where a moment's delay after a change does no harm.</summary>
public sealed class Tenants(StreamLoader loader, LedgerDatabase database, IClock clock)
{
    private static readonly Duration KeptFor = Duration.FromSeconds(1);
    private readonly ConcurrentDictionary<string, (Tenant.Known Tenant, long Version, Instant Until)> kept = new();

    /// <summary>Null when there is no such tenant.</summary>
    public async ValueTask<Tenant.Known?> Find(string tenant, CancellationToken ct)
    {
        var now = clock.GetCurrentInstant();
        var known = kept.TryGetValue(tenant, out var entry) ? entry : default;
        if (known.Tenant is not null && known.Until > now) return known.Tenant;
        if (!Guid.TryParse(tenant, out var id)) return null;

        (Tenant, long)? from = known.Tenant is null ? null : (known.Tenant, known.Version);
        var (state, version) = await loader.Load<Tenant, TenantEvent>(tenant, new TenantId(id).Stream, from, ct);
        if (state is not Tenant.Known found) return null;
        kept[tenant] = (found, version, now + KeptFor);
        return found;
    }

    /// <summary>The current instant by the tenant's clock: the wall clock, but for a sandbox tenant its own.</summary>
    public async ValueTask<Instant> Now(Tenant.Known tenant, CancellationToken ct) => tenant.Mode is TenantMode.Live
        ? clock.GetCurrentInstant().ToMicroseconds()
        : (await database.QueryAsTenant(tenant.Id.ToString(), "select at from ledger.clocks where tenant_id = $1", [tenant.Id.ToString()], row => row.GetInstant(0), ct))
            .FirstOrDefault(clock.GetCurrentInstant().ToMicroseconds());
}

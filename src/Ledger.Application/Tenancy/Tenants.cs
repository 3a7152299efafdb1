namespace Ledger.Application.Tenancy;

/// <summary>Tenants' settings and clocks: those of now in the process that changed them, and in others a moment later.</summary>
public sealed class Tenants(StreamLoader loader, HotStates hot, LedgerDatabase database, IClock clock)
{
    private readonly Kept<string, (Tenant.Known? Tenant, long Version)> kept = new(50_000, Duration.FromSeconds(1));

    /// <summary>Null when there is no such tenant.</summary>
    public async ValueTask<Tenant.Known?> Find(string tenant, CancellationToken ct)
    {
        if (!Guid.TryParse(tenant, out var id)) return null;
        var stream = new TenantId(id);
        var (known, version) = await kept.Get(tenant, clock.GetCurrentInstant(), name => Load(name, stream), ct);
        return hot.TryGetNewer<Tenant.Known>(tenant, stream.Stream, version, out var newer) ? newer : known;
    }

    /// <summary>The current instant by the tenant's clock: the wall clock, but for a sandbox tenant its own.</summary>
    public async ValueTask<Instant> Now(Tenant.Known tenant, CancellationToken ct) => tenant.Mode is TenantMode.Live
        ? clock.GetCurrentInstant().ToMicroseconds()
        : (await database.QueryAsTenant(tenant.Id.ToString(), "select at from ledger.clocks where tenant_id = $1", [tenant.Id.ToString()], row => row.GetInstant(0), ct))
            .FirstOrDefault(clock.GetCurrentInstant().ToMicroseconds());

    /// <summary>From where it was known before, if it was.</summary>
    private async Task<(Tenant.Known?, long)> Load(string name, TenantId id)
    {
        (Tenant, long)? from = kept.TryGetOld(name, out var known) && known.Tenant is not null ? (known.Tenant, known.Version) : null;
        var (state, version) = await loader.Load<Tenant, TenantEvent>(name, id.Stream, from, CancellationToken.None);
        return (state as Tenant.Known, version);
    }
}

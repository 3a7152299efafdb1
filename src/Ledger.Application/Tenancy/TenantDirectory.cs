namespace Ledger.Application.Tenancy;

/// <summary>Finds tenants by name, as people call them.</summary>
public sealed class TenantDirectory(LedgerDatabase database, Tenants tenants)
{
    /// <summary>Every tenant with its clock, oldest first; the clock is null for live ones.</summary>
    public Task<List<TenantLine>> All(CancellationToken ct) => database.QueryAsWorker("""
        select t.id, t.name, t.mode, t.currency, t.zone, c.at
        from views.tenants t left join ledger.clocks c on c.tenant_id = t.tenant_id order by t.created_position
        """, [], row => new TenantLine(
            new(row.GetGuid(0)), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), row.GetInstantOrNull(5)), ct);

    /// <summary>The tenants with this id, or else with exactly this name.</summary>
    public async Task<IReadOnlyList<Tenant.Known>> Find(string idOrName, CancellationToken ct)
    {
        if (await tenants.Find(idOrName, ct) is { } one) return [one];
        var found = new List<Tenant.Known>();
        foreach (var id in await database.QueryAsWorker(
            "select tenant_id from views.tenants where name = $1", [idOrName], row => row.GetString(0), ct))
            if (await tenants.Find(id, ct) is { } named) found.Add(named);
        return found;
    }
}

public sealed record TenantLine(TenantId Id, string Name, string Mode, string Currency, string Zone, Instant? Clock);

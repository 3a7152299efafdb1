namespace Ledger.Projections.Reports;

/// <summary>Who is on the platform, counted.</summary>
public sealed class PlatformTenants(LedgerDatabase database)
{
    /// <summary>The tenants there were at an instant, or one of them.</summary>
    public Task<List<string>> Names(Guid? one, Instant at, CancellationToken ct) => database.QueryAsWorker("""
        select tenant_id from views.tenants where created_at <= $1 and ($2::uuid is null or id = $2)
        """, [at, OrNull.Of(one)], row => row.GetString(0), ct);

    /// <summary>Those who look after the tenants.</summary>
    public async Task<long> Admins(CancellationToken ct) => (await database.QueryAsWorker("""
        select count(*) from views.users where role = 'platform_admin' and is_active
        """, [], row => row.GetInt64(0), ct))[0];
}

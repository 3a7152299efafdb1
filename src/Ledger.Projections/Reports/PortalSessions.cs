using Ledger.EventStore;

namespace Ledger.Projections.Reports;

/// <summary>When customers opened their portal, and from where.</summary>
/// <remarks>Addresses are personal data, and go with the customer or after a year; so do the sessions.</remarks>
public sealed class PortalSessions(LedgerDatabase database) : IForgets
{
    public static readonly Duration KeptFor = Duration.FromDays(365);

    public Task Write(string tenant, Guid id, Guid customer, Instant at, string? ip, string? userAgent, CancellationToken ct) => database.RunAsWorker("""
        insert into ledger.portal_sessions (tenant_id, id, customer_id, at, ip, user_agent)
            select $1, $2, $3, $4, case when k.wrapped is not null then $5 end, case when k.wrapped is not null then $6 end
            from (select 1) one left join ledger.personal_keys k on k.tenant_id = $1 and k.subject_id = $3
        on conflict do nothing
        """, [tenant, id, customer, at, OrNull.Of(ip), OrNull.Of(userAgent)], ct);

    /// <summary>How many customers opened it, each counted once.</summary>
    public async Task<long> Customers(string tenant, Instant from, Instant until, CancellationToken ct) => (await database.QueryAsTenant(tenant, """
        select count(distinct customer_id) from ledger.portal_sessions where tenant_id = $1 and at >= $2 and at < $3
        """, [tenant, from, until], row => row.GetInt64(0), ct))[0];

    /// <summary>Forgets those that were kept for long enough; a bounded number at a time.</summary>
    /// <returns>How many; 0 when there are no more.</returns>
    public Task<int> Forget(Instant now, CancellationToken ct) => database.RunAsWorker("""
        delete from ledger.portal_sessions where ctid = any(array(select ctid from ledger.portal_sessions where at < $1 limit 5000))
        """, [now - KeptFor], ct);
}

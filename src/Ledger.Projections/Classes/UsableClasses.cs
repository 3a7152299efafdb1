namespace Ledger.Projections.Classes;

/// <summary>The classes that a customer can use.</summary>
public sealed class UsableClasses(LedgerDatabase database)
{
    /// <summary>How many there are in all valid credits, and the credit that expires first; null when there is none.</summary>
    /// <param name="now">By the tenant's clock.</param>
    public async Task<(long Classes, Guid? First)> Of(string tenant, Guid customer, Instant now, CancellationToken ct)
    {
        var rows = await database.QueryAsTenant(tenant, """
            select id, remaining from views.class_credits
            where tenant_id = $1 and customer_id = $2 and status = 'active' and expires_at > $3 order by expires_at, created_position
            """, [tenant, customer, now], row => (Id: row.GetGuid(0), Remaining: row.GetInt32(1)), ct);
        return (rows.Sum(row => (long)row.Remaining), rows.Count > 0 ? rows[0].Id : null);
    }
}

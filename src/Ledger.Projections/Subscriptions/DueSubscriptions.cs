namespace Ledger.Projections.Subscriptions;

/// <summary>What is due, read from what is true: nothing is scheduled that could be missed.</summary>
public sealed class DueSubscriptions(LedgerDatabase database)
{
    /// <summary>Up to <paramref name="limit"/> subscriptions with something to do on a day, after an id, by id.</summary>
    public Task<List<Guid>> On(string tenant, LocalDate day, Guid after, int limit, CancellationToken ct) =>
        database.QueryAsTenant(tenant, """
            select id from views.subscriptions
            where tenant_id = $1 and next_action_on <= $2 and id > $3 order by id limit $4
            """, [tenant, day, after, limit], row => row.GetGuid(0), ct);

    /// <summary>The first day after this one on which something will be due, as far as is known now; null when nothing ever is.</summary>
    public async Task<LocalDate?> NextDayAfter(string tenant, LocalDate day, CancellationToken ct)
    {
        var rows = await database.QueryAsTenant(tenant, """
            select min(next_action_on) filter (where next_action_on > $2), bool_or(next_action_on <= $2)
            from views.subscriptions where tenant_id = $1 and next_action_on is not null
            """, [tenant, day], row => (Next: row.GetLocalDateOrNull(0), IsChasing: !row.IsDBNull(1) && row.GetBoolean(1)), ct);
        return rows[0].IsChasing ? day.PlusDays(1) : rows[0].Next;
    }

    /// <summary>A customer's subscriptions that have not begun.</summary>
    public Task<List<Guid>> PendingOfCustomer(string tenant, Guid customer, CancellationToken ct) =>
        database.QueryAsTenant(tenant, """
            select id from views.subscriptions
            where tenant_id = $1 and customer_id = $2 and status = 'pending' order by created_position limit 1000
            """, [tenant, customer], row => row.GetGuid(0), ct);

    /// <summary>A customer's subscriptions that have not ended.</summary>
    public Task<List<Guid>> OfCustomer(string tenant, Guid customer, CancellationToken ct) =>
        database.QueryAsTenant(tenant, """
            select id from views.subscriptions
            where tenant_id = $1 and customer_id = $2 and status not in ('cancelled', 'expired') order by created_position limit 1000
            """, [tenant, customer], row => row.GetGuid(0), ct);
}

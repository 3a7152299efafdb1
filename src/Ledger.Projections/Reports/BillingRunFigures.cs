namespace Ledger.Projections.Reports;

/// <summary>What a billing run has come to, counted from what it caused.</summary>
public sealed class BillingRunFigures(LedgerDatabase database)
{
    /// <summary>While it runs, too.</summary>
    public async Task<(long Invoices, long Captured, long Failed)> Counts(string tenant, Guid run, CancellationToken ct) =>
        (await database.QueryAsTenant(tenant, """
            select (select count(*) from views.invoices where tenant_id = $1 and caused_by = $2),
                   count(*) filter (where outcome = 'captured'), count(*) filter (where outcome = 'failed')
            from views.payment_attempts where tenant_id = $1 and caused_by = $2
            """, [tenant, run.ToString()], row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ct))[0];

    /// <summary>Captured, per currency.</summary>
    public Task<List<Money>> Captured(string tenant, Guid run, CancellationToken ct) =>
        // A look at each payment by its key, whatever the statistics say: right after a run there are none yet.
        database.QueryAsTenant(tenant, """
            select p.currency, sum(p.captured)::bigint
            from views.payment_attempts a
            cross join lateral (select currency, captured from views.payments where tenant_id = $1 and id = a.payment_id limit 1) p
            where a.tenant_id = $1 and a.caused_by = $2 and a.outcome = 'captured' group by p.currency order by p.currency
            """, [tenant, run.ToString()], row => new Money(row.GetInt64(1), Currency.Parse(row.GetString(0))), ct);
}

namespace Ledger.Projections.Reports;

/// <summary>What a billing run has come to, counted from what it caused.</summary>
public sealed class BillingRunFigures(LedgerDatabase database)
{
    public async Task<(long Invoices, long Captured, long Failed, IReadOnlyList<Money> CapturedTotals)> Of(string tenant, Guid run, CancellationToken ct)
    {
        var cause = run.ToString();
        var counts = (await database.QueryAsTenant(tenant, """
            select (select count(*) from views.invoices where tenant_id = $1 and caused_by = $2),
                   count(*) filter (where outcome = 'captured'), count(*) filter (where outcome = 'failed')
            from views.payment_attempts where tenant_id = $1 and caused_by = $2
            """, [tenant, cause], row => (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), ct))[0];
        var totals = await database.QueryAsTenant(tenant, """
            select p.currency, sum(p.amount)::bigint
            from views.payment_attempts a join views.payments p on p.tenant_id = a.tenant_id and p.id = a.payment_id
            where a.tenant_id = $1 and a.caused_by = $2 and a.outcome = 'captured' group by p.currency order by p.currency
            """, [tenant, cause], row => new Money(row.GetInt64(1), Currency.Parse(row.GetString(0))), ct);
        return (counts.Item1, counts.Item2, counts.Item3, totals);
    }
}

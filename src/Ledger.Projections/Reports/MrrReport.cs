namespace Ledger.Projections.Reports;

/// <summary>Monthly recurring revenue: what all running subscriptions are worth a month, per currency.</summary>
/// <remarks>Running is active, past due and in error. Source: rule G-01.</remarks>
public sealed class MrrReport(LedgerDatabase database)
{
    public Task<List<MrrLine>> Read(string tenant, CancellationToken ct) =>
        database.QueryAsTenant(tenant, """
            select currency, sum(mrr_amount)::bigint, count(*)
            from views.subscriptions where tenant_id = $1 and status in ('active', 'past_due', 'error')
            group by currency order by currency
            """, [tenant], row => new MrrLine(new Money(row.GetInt64(1), Currency.Parse(row.GetString(0))), row.GetInt64(2)), ct);
}

public sealed record MrrLine(Money Mrr, long Subscriptions);

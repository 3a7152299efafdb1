using Npgsql;

namespace Ledger.Scenarios.Kills;

/// <summary>What a ledger with one tenant has come to, in words that do not depend on ids or hours.</summary>
/// <remarks>Billing runs are added up by their day: a request that is made again, because it was not answered, asks for one more.</remarks>
internal static class Figures
{
    private static readonly string[] Questions =
    [
        "select 'invoices', status, issued_on, currency, count(*), sum(total) from views.invoices group by 2, 3, 4",
        "select 'payments', status, currency, count(*), sum(amount) from views.payments group by 2, 3",
        "select 'subscriptions', status, currency, count(*), sum(mrr_amount) from views.subscriptions group by 2, 3",
        "select 'MRR', currency, sum(mrr_amount) from views.subscriptions where status in ('active', 'past_due', 'error') group by 2",
        """
        select 'attempts', c.external_id, i.period_from, p.status, p.settling_attempts, a.outcome, a.failure_code, count(*), max(a.attempted_on)
        from views.payments p join views.customers c on c.id = p.customer_id join views.invoices i on i.id = p.invoice_id
        left join views.payment_attempts a on a.payment_id = p.id group by 2, 3, 4, 5, 6, 7
        """,
        """
        select 'billing runs', asked.data ->> 'as_of_date', sum((ended.data ->> 'invoices')::bigint), sum((ended.data ->> 'charges')::bigint),
               sum((ended.data ->> 'captured')::bigint), sum((ended.data ->> 'failed')::bigint),
               sum((select sum((total ->> 'amount')::bigint) from jsonb_array_elements(ended.data -> 'captured_totals') total))
        from mt_events asked left join mt_events ended on ended.stream_id = asked.stream_id and ended.type = 'billing_run_completed'
        where asked.type = 'billing_run_requested' group by 2
        """,
        "select 'clock', at::text from ledger.clocks",
        "select 'dead messages', count(*) from ledger.dead_messages",
    ];

    /// <summary>Charges in the provider's own record that are not one to one the attempts that the ledger knows of.</summary>
    private static readonly string[] Discrepancies =
    [
        """
        select 'attempt and charge differ', a.payment_id, a.attempt, a.outcome, a.failure_code, c.idempotency_key, c.answer
        from views.payment_attempts a
        full join sandbox.charges c on c.idempotency_key = replace(a.payment_id::text, '-', '') || '-' || a.attempt
        where a.id is null or c.answer is null or c.answer <> coalesce(a.failure_code, 'captured')
        """,
        """
        select 'not charged once', idempotency_key, count(*) filter (where outcome = 'first') from sandbox.requests
        group by idempotency_key having count(*) filter (where outcome = 'first') <> 1
        """,
    ];

    public static Task<List<string>> Of(string database) => Ask(database, Questions);

    public static Task<List<string>> ChargesThatDiffer(string database) => Ask(database, Discrepancies);

    /// <summary>What is left to be done.</summary>
    public static Task<List<string>> Open(string database) => Ask(database, ["select m::text from ledger.messages m", "select l::text from ledger.leases l"]);

    public static Task<long> Head(NpgsqlConnection connection) => Position(connection, "select coalesce(max(last_position), 0) from ledger.blocks");

    /// <summary>Where the first billing run was asked for.</summary>
    public static Task<long> FirstRun(NpgsqlConnection connection) => Position(connection, "select min(seq_id) from mt_events where type = 'billing_run_requested'");

    private static async Task<long> Position(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<List<string>> Ask(string database, IReadOnlyList<string> questions)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var lines = new List<string>();
        foreach (var question in questions)
        {
            await using var command = source.CreateCommand(question);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                lines.Add(string.Join(" ", Enumerable.Range(0, reader.FieldCount).Select(i => $"{reader.GetValue(i)}")));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}

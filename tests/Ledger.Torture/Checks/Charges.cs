namespace Ledger.Torture.Checks;

/// <summary>Whether the provider's own record and the ledger's log tell the same of every charge.</summary>
internal static class Charges
{
    private static readonly string[] Questions =
    [
        // An attempt's key is its payment and its number. One that was asked about before it charged is void, and never will.
        """
        with attempts as (
            select (data ->> 'id')::uuid as payment, (data ->> 'attempt')::int as attempt,
                   case type when 'payment_captured' then 'captured' else data ->> 'code' end as outcome
            from mt_events where type in ('payment_captured', 'payment_failed'))
        select 'attempt and charge differ:', a.payment, a.attempt, a.outcome, c.idempotency_key, c.answer
        from attempts a full join sandbox.charges c on c.idempotency_key = replace(a.payment::text, '-', '') || '-' || a.attempt
        where case when a.payment is null then true
                   when a.outcome = 'no_payment_method' then c.idempotency_key is not null
                   when a.outcome = 'provider_did_not_charge' then c.answer is distinct from 'void'
                   else c.answer is distinct from a.outcome end
        """,
        """
        select 'an attempt has ended more than once:', stream_id, data ->> 'attempt', count(*) from mt_events
        where type in ('payment_captured', 'payment_failed') group by stream_id, data ->> 'attempt' having count(*) > 1
        """,
        """
        select 'charged', count(r.id), 'times under one key:', c.idempotency_key, c.answer
        from sandbox.charges c left join sandbox.requests r
            on r.tenant = c.tenant and r.idempotency_key = c.idempotency_key and r.outcome = 'first'
        group by c.tenant, c.idempotency_key, c.answer having count(r.id) <> case c.answer when 'void' then 0 else 1 end
        """,
        """
        select 'captured more than once:', stream_id, count(*) from mt_events where type = 'payment_captured' group by stream_id having count(*) > 1
        """,
        """
        select 'another amount was charged than was due:', p.stream_id, p.data ->> 'amount', c.amount, c.currency
        from mt_events p join sandbox.charges c on split_part(c.idempotency_key, '-', 1) = replace(p.stream_id::text, '-', '')
        where p.type = 'payment_initiated' and c.answer <> 'void'
          and (c.amount, c.currency) is distinct from ((p.data -> 'amount' ->> 'amount')::bigint, p.data -> 'amount' ->> 'currency')
        """,
        """
        select 'a payment was left open:', stream_id, (array_agg(type order by version desc))[1] from mt_events
        where type in ('payment_initiated', 'payment_retried', 'payment_outcome_unknown', 'payment_captured', 'payment_failed')
        group by stream_id having (array_agg(type order by version desc))[1] not in ('payment_captured', 'payment_failed')
        """,
        """
        select 'paid and captured differ:', i.stream_id, p.stream_id
        from (select (data ->> 'payment_id')::uuid as payment, stream_id from mt_events where type = 'invoice_paid' and (data -> 'amount' ->> 'amount')::bigint > 0) i
        full join (select stream_id from mt_events where type = 'payment_captured') p on p.stream_id = i.payment
        where i.stream_id is null or p.stream_id is null
        """,
    ];

    public static async Task<IEnumerable<string>> Check(Database database)
    {
        var findings = new List<string>();
        foreach (var question in Questions) findings.AddRange(await database.Lines(question));
        return findings;
    }
}

namespace Ledger.Projections.Accounting;

/// <summary>What an account holds.</summary>
/// <param name="Debit">All that was debited, in the minor unit.</param>
/// <param name="Credit">All that was credited.</param>
public sealed record AccountLine(string Account, string Commodity, long Debit, long Credit)
{
    public long Balance => Debit - Credit;
}

/// <summary>What all accounts hold: of any day or instant, as the log says up to any position.</summary>
/// <remarks>
/// Sums of whole stretches of the log are kept; only the stretch in which the position lies, and the day in which the instant lies, are
/// added up entry by entry. Revenue is earned by the end of each day, rounded on the running sum of its line.
/// </remarks>
public sealed class TrialBalance(LedgerDatabase database)
{
    /// <param name="day">What is booked for this day and those before counts.</param>
    /// <param name="at">Of that day, what was true by then counts; null for all of it.</param>
    /// <param name="position">What is in the log up to here counts.</param>
    public Task<List<AccountLine>> On(string tenant, LocalDate day, Instant? at, long position, CancellationToken ct) =>
        database.QueryAsTenant(tenant, """
            with block as (select $3::bigint / $4::bigint as number),
            lines as (
                select account, commodity, debit, credit from views.account_totals, block
                where tenant_id = $1 and (on_date < $2 or on_date = $2 and $5::timestamptz is null) and account_totals.block < block.number
                union all
                select line ->> 'account', line ->> 'commodity', greatest((line ->> 'amount')::bigint, 0), greatest(-(line ->> 'amount')::bigint, 0)
                from block, views.journal_entries, jsonb_array_elements(postings) line
                where tenant_id = $1 and on_date <= $2 and created_position >= block.number * $4 and created_position <= $3
                    and (on_date < $2 or $5 is null or effective_at <= $5)
                union all
                select line ->> 'account', line ->> 'commodity', greatest((line ->> 'amount')::bigint, 0), greatest(-(line ->> 'amount')::bigint, 0)
                from block, views.journal_entries, jsonb_array_elements(postings) line
                where $5 is not null and tenant_id = $1 and on_date = $2 and created_position < block.number * $4 and effective_at <= $5
            ),
            moved as (
                select from_account, to_account, commodity, sum(round(
                    amount::numeric * least(until_date - from_date, $2 - from_date + 1) / (until_date - from_date))) as amount
                from views.spreads
                where tenant_id = $1 and on_date <= $2 and from_date <= $2 and created_position <= $3
                    and not ($5 is not null and on_date = $2 and exists (
                        select from views.journal_entries e
                        where e.tenant_id = $1 and e.created_position = spreads.created_position and e.effective_at > $5))
                group by from_account, to_account, commodity
            )
            select account, commodity, sum(debit)::bigint, sum(credit)::bigint from (
                select account, commodity, debit::numeric, credit::numeric from lines
                union all select from_account, commodity, amount, 0 from moved
                union all select to_account, commodity, 0, amount from moved
            ) all_lines
            group by account, commodity order by account collate "C", commodity collate "C"
            """, [tenant, day, position, AccountTotalView.BlockSize, OrNull.Of(at)],
            row => new AccountLine(row.GetString(0), row.GetString(1), row.GetInt64(2), row.GetInt64(3)), ct);
}

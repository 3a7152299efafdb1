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
/// Sums of whole stretches of the log are kept, by day; only of those stretches and days that the position or the instant cuts, entry by entry is
/// added up. Revenue is earned by the end of each day, rounded on the running sum of its line.
/// </remarks>
public sealed class TrialBalance(LedgerDatabase database)
{
    /// <param name="day">What is booked for this day and those before counts.</param>
    /// <param name="at">Of that, what was true by then counts; null for all of it.</param>
    /// <param name="position">What is in the log up to here counts.</param>
    public async Task<List<AccountLine>> On(string tenant, LocalDate day, Instant? at, long position, CancellationToken ct) =>
        (await OnDays(tenant, [day], at, position, ct))[0];

    /// <summary>The same of several days, in their order.</summary>
    public async Task<IReadOnlyList<List<AccountLine>>> OnDays(string tenant, IReadOnlyList<LocalDate> days, Instant? at, long position, CancellationToken ct)
    {
        var lines = await database.QueryAsTenant(tenant, Sql, [tenant, days.ToArray(), position, AccountTotalView.BlockSize, OrNull.Of(at)],
            row => (Day: row.GetLocalDate(0), Line: new AccountLine(row.GetString(1), row.GetString(2), row.GetInt64(3), row.GetInt64(4))), ct);
        return [.. days.Select(day => lines.Where(one => one.Day == day).Select(one => one.Line).ToList())];
    }

    private const string Sql = """
        with asked as (select day from unnest($2::date[]) day),
        cut as (
            select on_date, block from views.account_totals
            where tenant_id = $1 and on_date <= (select max(day) from asked) and block <= $3::bigint / $4::bigint
                and (block = $3 / $4 or first_at <= $5::timestamptz and last_at > $5)
            union   -- Days on which nothing was posted, since documents came to nothing, may still move something by the day.
            select on_date, block from views.spread_totals
            where tenant_id = $1 and on_date <= (select max(day) from asked) and block <= $3 / $4 and (block = $3 / $4 or last_at > $5)
        ),
        entries as (
            select e.on_date, e.postings, e.spread from cut cross join lateral (
                select * from views.journal_entries
                where tenant_id = $1 and on_date = cut.on_date and created_position between cut.block * $4 and least($3, cut.block * $4 + $4 - 1)
                    and ($5 is null or effective_at <= $5)
                offset 0) e   -- Stretch by stretch: joined as a whole, all entries would be gone through for a few.
        ),
        booked as (
            select on_date, account, commodity, sum(debit) as debit, sum(credit) as credit from views.account_totals t
            where tenant_id = $1 and on_date <= (select max(day) from asked) and block < $3 / $4 and ($5 is null or last_at <= $5)
                and not exists (select from cut where cut.on_date = t.on_date and cut.block = t.block)
            group by 1, 2, 3
            union all
            select e.on_date, p.account, p.commodity, greatest(p.amount, 0), greatest(-p.amount, 0)
            from entries e cross join jsonb_to_recordset(e.postings) as p (account text, commodity text, amount bigint)
        ),
        spread as (
            select on_date, from_account, to_account, commodity, from_date, until_date, remainder, sum(lines) as lines, sum(by_day) as by_day
            from views.spread_totals t
            where tenant_id = $1 and on_date <= (select max(day) from asked) and block < $3 / $4 and ($5 is null or last_at <= $5)
                and not exists (select from cut where cut.on_date = t.on_date and cut.block = t.block)
            group by 1, 2, 3, 4, 5, 6, 7
            union all
            select e.on_date, s."from", s."to", s.commodity, o."from", o.until, s.amount % (o.until - o."from"), 1, s.amount / (o.until - o."from")
            from entries e cross join jsonb_to_recordset(e.spread) as s ("from" text, "to" text, amount bigint, commodity text, over jsonb)
            cross join jsonb_to_record(s.over) as o ("from" date, until date)
        ),
        moved as (
            select day, from_account, to_account, commodity, sum(by_day * passed + lines * round(remainder::numeric * passed / (until_date - from_date))) as amount
            from asked join spread on spread.on_date <= day and spread.from_date <= day
            cross join lateral (select least(until_date - from_date, day - from_date + 1) as passed) p
            group by 1, 2, 3, 4
        )
        select day, account, commodity, sum(debit)::bigint, sum(credit)::bigint from (
            select day, account, commodity, debit, credit from asked join booked on booked.on_date <= day
            union all select day, from_account, commodity, amount, 0 from moved
            union all select day, to_account, commodity, 0, amount from moved
        ) lines
        group by 1, 2, 3 order by 1, account collate "C", commodity collate "C"
        """;
}

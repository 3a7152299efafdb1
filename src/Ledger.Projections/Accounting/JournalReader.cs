using System.Runtime.CompilerServices;

namespace Ledger.Projections.Accounting;

/// <summary>Reads the journal from front to back, a page at a time, for files.</summary>
public sealed class JournalReader(LedgerDatabase database)
{
    private const int PageRows = 1000;

    /// <summary>The entries that count for these days, in the order of the log.</summary>
    public async IAsyncEnumerable<JournalEntryRow> Entries(
        string tenant, LocalDate from, LocalDate to, long position, [EnumeratorCancellation] CancellationToken ct)
    {
        var after = 0L;
        while (true)
        {
            var page = await database.QueryAsTenant(tenant, $"""
                select {ViewRows<JournalEntryRow>.Columns} from views.journal_entries
                where tenant_id = $1 and created_position > $2 and created_position <= $3 and on_date between $4 and $5
                order by created_position limit $6
                """, [tenant, after, position, from, to, PageRows], ViewRows<JournalEntryRow>.Read, ct);
            foreach (var row in page) yield return row;
            if (page.Count < PageRows) yield break;
            after = page[^1].CreatedPosition;
        }
    }

    /// <summary>What moved by itself on each of these days, all of it together: one line for a day, two accounts and a commodity.</summary>
    public Task<List<DayMoved>> Moved(string tenant, LocalDate from, LocalDate to, long position, CancellationToken ct) =>
        database.QueryAsTenant(tenant, """
            select day::date, from_account, to_account, commodity, sum(
                round(amount::numeric * (day::date - from_date + 1) / (until_date - from_date))
                - round(amount::numeric * (day::date - from_date) / (until_date - from_date)))::bigint
            from views.spreads, generate_series(greatest(from_date, $2), least(until_date - 1, $3), interval '1 day') day
            where tenant_id = $1 and from_date <= $3 and until_date > $2 and created_position <= $4
            group by 1, 2, 3, 4 having sum(
                round(amount::numeric * (day::date - from_date + 1) / (until_date - from_date))
                - round(amount::numeric * (day::date - from_date) / (until_date - from_date))) <> 0
            order by 1, 2, 3, 4
            """, [tenant, from, to, position],
            row => new DayMoved(row.GetLocalDate(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4)), ct);
}

/// <summary>What moved on a day from one account, which is debited, to another, which is credited.</summary>
public sealed record DayMoved(LocalDate On, string From, string To, string Commodity, long Amount);

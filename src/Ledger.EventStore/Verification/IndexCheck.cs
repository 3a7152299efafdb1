namespace Ledger.EventStore.Verification;

/// <summary>Checks that the index has no row that belongs to no event. Whether it has a right one for each, <see cref="EventCheck"/> sees.</summary>
internal static class IndexCheck
{
    private const int RowsMax = 10_000;

    private static string Page(bool isFirst) => $"""
        with page as (
            select * from ledger.event_index {(isFirst ? "" : "where (tenant_id, position) > ($2, $3)")}
            order by tenant_id, position limit $1
        )
        select i.tenant_id, i.position, i.type, i.stream_id,
               exists (select from public.mt_events e where e.seq_id = i.position and e.tenant_id = i.tenant_id)
        from page i order by i.tenant_id, i.position
        """;

    public static async Task Run(LogSnapshot log, FindingList findings, CancellationToken ct)
    {
        (string Tenant, long Position)? last = null;
        while (true)
        {
            var rows = await log.Query(
                Page(last is null), last is { } key ? [RowsMax, key.Tenant, key.Position] : [RowsMax],
                row => (Tenant: row.GetString(0), Position: row.GetInt64(1), Type: row.GetString(2), Stream: row.GetGuid(3), HasEvent: row.GetBoolean(4)), ct);
            foreach (var row in rows.Where(row => !row.HasEvent))
                findings.Add(new(FindingKind.IndexAltered, row.Position, row.Type, row.Stream, $"The index of tenant {row.Tenant} has a row here, and there is no such event."));
            if (rows.Count < RowsMax) return;
            last = (rows[^1].Tenant, rows[^1].Position);
        }
    }
}

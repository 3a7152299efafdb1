namespace Ledger.EventStore.Verification;

/// <summary>Checks that the row of every stream says what its events say, and that they are numbered without a hole.</summary>
internal static class StreamCheck
{
    private const int StreamsMax = 10_000;

    private static string Page(bool isFirst) => $"""
        with page as (
            select * from public.mt_streams {(isFirst ? "" : "where (tenant_id, id) > ($2, $3)")} order by tenant_id, id limit $1
        )
        select s.tenant_id, s.id, w.position, w.wrong
        from page s
        cross join lateral (
            select count(*) as events, max(e.version) as version, min(e.seq_id) filter (where e.version <> e.nth) as after_hole,
                   min(e.seq_id) filter (where e.version > coalesce(s.version, 0)) as beyond
            from (select seq_id, version, row_number() over (order by version, seq_id) as nth
                  from public.mt_events where tenant_id = s.tenant_id and stream_id = s.id) e) e
        left join lateral (
            select null::bigint as position, 'The stream has no events.' as wrong where e.events = 0
            union all select e.after_hole, 'The versions of the stream do not run from 1 without a hole.' where e.after_hole is not null
            union all select e.beyond, 'The stream has more events than its version says.' where e.beyond is not null
            union all select null, 'The stream has fewer events than its version says.' where s.version > e.version
            limit 1) w on true
        order by s.tenant_id, s.id
        """;

    public static async Task Run(LogSnapshot log, FindingList findings, CancellationToken ct)
    {
        (string Tenant, Guid Stream)? last = null;
        while (true)
        {
            var rows = await log.Query(
                Page(last is null), last is { } key ? [StreamsMax, key.Tenant, key.Stream] : [StreamsMax],
                row => (Tenant: row.GetString(0), Stream: row.GetGuid(1), Position: row.IsDBNull(2) ? (long?)null : row.GetInt64(2), Wrong: row.GetStringOrNull(3)), ct);
            foreach (var row in rows.Where(row => row.Wrong is not null))
                findings.Add(new(FindingKind.StreamAltered, row.Position, null, row.Stream, row.Wrong!));
            if (rows.Count < StreamsMax) return;
            last = (rows[^1].Tenant, rows[^1].Stream);
        }
    }
}

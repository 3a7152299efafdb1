namespace Ledger.EventStore.Verification;

/// <summary>Checks every event against its digest in its block, its stream's row and its row in the index.</summary>
internal static class EventCheck
{
    private const int EventsMax = 10_000;

    /// <summary>The columns of event <c>e</c> of stream <c>s</c> as they are hashed, as if they stood at this place.</summary>
    public static string Digest(
        string position, string version, string streamType, string data = "e.data::text", string headers = "e.headers::text") => $"""
        case when isfinite(e.timestamp) then ledger.event_digest(
            {position}, e.id, e.stream_id, {version}, {data}, e.bdata, e.type, e.timestamp, e.tenant_id, e.mt_dotnet_type,
            e.correlation_id, e.causation_id, {headers}, e.user_name, {streamType}) end
        """;

    /// <summary>The block <c>b</c> that holds a position, or that comes next; its digest of the position as <c>b.digest</c>.</summary>
    public static string BlockOf(string position) => $"""
        lateral (
            select c.first_position, c.recorded_at,
                   case when c.first_position between 1 and {position} and {position} - c.first_position < 30000000
                        then substring(c.digests from (({position} - c.first_position) * 32 + 1)::int for 32) end as digest
            from ledger.blocks c where c.last_position >= {position} order by c.last_position limit 1) b
        """;

    /// <summary>Rows with something wrong, and the last of the page in any case: it says where the next one begins.</summary>
    private static readonly string Page = $"""
        with page as materialized (
            select *, ctid as place, data::text as printed_data, headers::text as printed_headers from public.mt_events where seq_id >= $1 order by seq_id limit $2
        ), checked as (
            select e.seq_id as position, e.type, e.stream_id, lag(e.seq_id, 1, $3) over (order by e.seq_id, e.place) as before,
                   row_number() over (order by e.seq_id, e.place) as nth,
                   b.first_position,
                   b.digest is not distinct from {Digest("e.seq_id", "e.version", "s.type", "e.printed_data", "e.printed_headers")} as is_intact,
                   b.recorded_at is not distinct from e.timestamp as is_in_time,
                   s.id is not null as has_stream,
                   i.position is not null as is_indexed,
                   (i.stream_id, i.type, i.actor) is not distinct from (e.stream_id, e.type::text, (e.headers ->> 'actor_kind') || ':' || (e.headers ->> 'actor_id'))
                       and rtrim(rtrim(to_char(i.effective_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'), '0'), '.') || 'Z'
                           is not distinct from e.headers ->> 'effective_at' as is_index_right
            from page e
            left join {BlockOf("e.seq_id")} on true
            left join public.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
            left join ledger.event_index i on i.tenant_id = e.tenant_id and i.position = e.seq_id
        )
        select position, type, stream_id, before, first_position, is_intact, is_in_time, has_stream, is_indexed, is_index_right, nth
        from checked c
        where position::numeric - before <> 1 or before < 0 or first_position is null or not is_intact or not is_in_time or not has_stream
           or not is_indexed or not is_index_right or nth = (select count(*) from page)
        order by nth
        """;

    /// <returns>How many events there are.</returns>
    public static async Task<long> Run(
        LogSnapshot log, long head, FindingList findings, IProgress<(long, long)>? progress, CancellationToken ct)
    {
        var (count, before, from) = (0L, 0L, long.MinValue);
        while (true)
        {
            var rows = await log.Query(Page, [from, EventsMax, before], Read, ct);
            foreach (var row in rows) Judge(row, head, findings);
            if (rows.Count > 0) (count, before) = (count + rows[^1].Nth, rows[^1].Position);
            progress?.Report((Math.Clamp(before, 0, head), head));
            if (rows.Count == 0 || rows[^1].Nth < EventsMax || before == long.MaxValue) break;
            from = before + 1;
        }

        Gap(before, head, findings);
        return count;
    }

    private static void Judge(Row row, long head, FindingList findings)
    {
        void Found(FindingKind kind, string detail) => findings.Add(new(kind, row.Position, row.Type, row.Stream, detail));

        if (row.Position > 1) Gap(row.Before, Math.Min(row.Position - 1, head), findings);
        if (row.Position < 1 || row.BlockFrom is null) Found(FindingKind.PutIn, "No block has ever held this position.");
        else if (row.Position == row.Before) Found(FindingKind.PutIn, "Two events stand at this position.");
        else if (row.BlockFrom > row.Position) return;   // The hole in the chain has been told.
        else if (!row.HasStream) Found(FindingKind.StreamAltered, "The stream of this event has no row.");
        else if (!row.IsIntact) Found(FindingKind.Altered, "The event is not the one that its block holds the digest of.");
        else if (!row.IsInTime) Found(FindingKind.Altered, "The event was not recorded when its block was.");
        else if (!row.IsIndexed) Found(FindingKind.IndexAltered, "The event is missing from the index.");
        else if (!row.IsIndexRight) Found(FindingKind.IndexAltered, "The index says something else than the event.");
    }

    /// <summary>What is missing after an event, up to a position.</summary>
    private static void Gap(long before, long last, FindingList findings)
    {
        if (before >= last || last < 1) return;
        var first = Math.Max(before, 0) + 1;
        findings.Add(new(FindingKind.Removed, first, null, null, first == last
            ? "The event is gone."
            : $"The events from here to position {last} are gone."));
    }

    private static Row Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetStringOrNull(1), row.GetGuidOrNull(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4),
        row.GetBoolean(5), row.GetBoolean(6), row.GetBoolean(7), row.GetBoolean(8), row.GetBoolean(9), row.GetInt64(10));

    private sealed record Row(
        long Position, string? Type, Guid? Stream, long Before, long? BlockFrom, bool IsIntact, bool IsInTime, bool HasStream,
        bool IsIndexed, bool IsIndexRight, long Nth);
}

namespace Ledger.EventStore.Audit;

/// <summary>An event as the audit trail tells of it: what it carries, from where it came, and its block; not what it says.</summary>
/// <param name="Ip">From where its request came; null when nobody wrote it down, or when it is no longer kept.</param>
public sealed record AuditedEvent(
    long Position, Guid Id, StreamId Stream, long Version, string Type, EventHeaders Headers, string? CorrelationId, string? CausationId,
    Instant RecordedAt, string? Ip, string? UserAgent, AuditedBlock? Block);

/// <summary>The block that holds an event.</summary>
/// <param name="Hash">In lower-case hex.</param>
public sealed record AuditedBlock(long FirstPosition, long LastPosition, string Hash);

/// <summary>Reads events for the audit trail, by their positions.</summary>
public sealed class AuditedEvents(LedgerDatabase database)
{
    /// <summary>Those of the tenant at these positions, newest first.</summary>
    public Task<List<AuditedEvent>> At(string tenant, IEnumerable<long> positions, CancellationToken ct) => database.QueryAsTenant(tenant, """
        select e.seq_id, e.id, s.type, e.stream_id, e.version, e.type, e.headers, e.correlation_id, e.causation_id, e.timestamp,
               o.ip, o.user_agent, b.first_position, b.last_position, encode(b.hash, 'hex')
        from unnest($2::bigint[]) as p (position)
        join public.mt_events e on e.seq_id = p.position and e.tenant_id = $1
        join lateral (select x.type from public.mt_streams x where x.tenant_id = $1 and x.id = e.stream_id limit 1) s on true
        left join lateral (
            select x.ip, x.user_agent from ledger.request_origins x
            where x.tenant_id = $1 and x.request_id = e.headers ->> 'request_id' limit 1) o on true
        left join lateral (
            select c.first_position, c.last_position, c.hash from ledger.blocks c
            where c.last_position >= p.position order by c.last_position limit 1) b on true
        order by e.seq_id desc
        """, [tenant, positions.ToArray()], Read, ct);

    /// <summary>When the event at a position was recorded; null when the tenant has none there.</summary>
    public async Task<Instant?> RecordedAt(string tenant, long position, CancellationToken ct) => (await database.QueryAsTenant(
        tenant, "select timestamp from public.mt_events where tenant_id = $1 and seq_id = $2", [tenant, position], row => (Instant?)row.GetInstant(0), ct))
        .FirstOrDefault();

    private static AuditedEvent Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), new(row.GetString(2), row.GetGuid(3)), row.GetInt64(4), row.GetString(5),
        EventJson.ReadHeaders(row.GetFieldValue<byte[]>(6)), row.GetStringOrNull(7), row.GetStringOrNull(8), row.GetInstant(9),
        row.GetStringOrNull(10), row.GetStringOrNull(11),
        row.IsDBNull(12) ? null : new(row.GetInt64(12), row.GetInt64(13), row.GetString(14)));
}

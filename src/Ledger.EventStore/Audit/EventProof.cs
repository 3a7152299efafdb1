namespace Ledger.EventStore.Audit;

/// <summary>An event as it goes into its digest: every column in it, texts exactly as PostgreSQL prints them.</summary>
/// <param name="RecordedAt">Microseconds since 1970.</param>
/// <param name="Bdata">In lower-case hex; null for none.</param>
/// <param name="StreamType">The kind of its stream.</param>
public sealed record ProvenEvent(
    long SeqId, Guid Id, Guid StreamId, long Version, string Data, string? Bdata, string Type, long RecordedAt, string TenantId,
    string? MtDotnetType, string? CorrelationId, string? CausationId, string? Headers, string? UserName, string? StreamType);

/// <summary>A block as it goes into its hash.</summary>
/// <param name="RecordedAt">Microseconds since 1970.</param>
/// <param name="Digests">32 bytes for each position from first to last, in lower-case hex.</param>
/// <param name="Previous">The hash of the block before, in lower-case hex.</param>
/// <param name="Hash">In lower-case hex.</param>
public sealed record ProvenBlock(long FirstPosition, long LastPosition, long RecordedAt, string Digests, string Previous, string Hash);

/// <summary>Reads what proves that an event is in the chain.</summary>
public sealed class EventProof(LedgerDatabase database)
{
    /// <summary>At most as many blocks in one answer, and no more of their digests than this; one block in any case.</summary>
    public const int BlocksMax = 1000, DigestBytesMax = 1_000_000;

    private const string Columns =
        "b.first_position, b.last_position, (extract(epoch from b.recorded_at) * 1000000)::bigint, encode(b.digests, 'hex'), encode(b.previous, 'hex'), encode(b.hash, 'hex')";

    /// <summary>The tenant's event at a position, and its digest as SQL computes it today, in hex; null when there is none.</summary>
    public async Task<(ProvenEvent Event, string Digest)?> Event(string tenant, long position, CancellationToken ct)
    {
        var found = await database.QueryAsTenant(tenant, $"""
            select e.seq_id, e.id, e.stream_id, e.version, e.data::text, encode(e.bdata, 'hex'), e.type,
                   (extract(epoch from e.timestamp) * 1000000)::bigint, e.tenant_id, e.mt_dotnet_type, e.correlation_id, e.causation_id,
                   e.headers::text, e.user_name, s.type, encode({Verification.EventCheck.Digest("e.seq_id", "e.version", "s.type")}, 'hex')
            from public.mt_events e left join public.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
            where e.tenant_id = $1 and e.seq_id = $2
            """, [tenant, position], row => (new ProvenEvent(
                row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), row.GetInt64(3), row.GetString(4), row.GetStringOrNull(5), row.GetString(6), row.GetInt64(7),
                row.GetString(8), row.GetStringOrNull(9), row.GetStringOrNull(10), row.GetStringOrNull(11), row.GetStringOrNull(12),
                row.GetStringOrNull(13), row.GetStringOrNull(14)), row.GetString(15)), ct);
        return found is [var one] ? one : null;
    }

    /// <summary>The block that holds a position; null when none does yet.</summary>
    public async Task<ProvenBlock?> Block(string tenant, long position, CancellationToken ct) => (await database.QueryAsTenant(
        tenant, $"select {Columns} from ledger.blocks b where b.last_position >= $1 order by b.last_position limit 1", [position], Read, ct)).FirstOrDefault();

    /// <summary>The blocks from the one that holds a position to the one that ends at another, in order: as many as one answer has room for.</summary>
    public Task<List<ProvenBlock>> Blocks(string tenant, long from, long to, CancellationToken ct) => database.QueryAsTenant(tenant, $"""
        select {Columns} from (
            select *, sum(octet_length(digests)) over (order by last_position) as bytes, row_number() over (order by last_position) as nth
            from (select * from ledger.blocks where last_position >= $1 and last_position <= $2 order by last_position limit $3) page) b
        where b.bytes <= $4 or b.nth = 1 order by b.last_position
        """, [from, to, BlocksMax, DigestBytesMax], Read, ct);

    /// <summary>The position of the last block; 0 for an empty log.</summary>
    public async Task<long> End(string tenant, CancellationToken ct) => (await database.QueryAsTenant(
        tenant, "select last_position from ledger.blocks order by last_position desc limit 1", [], row => row.GetInt64(0), ct)).FirstOrDefault();

    private static ProvenBlock Read(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetString(3), row.GetString(4), row.GetString(5));
}

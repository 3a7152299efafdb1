using System.Text.Json;

namespace Ledger.EventStore.Feed;

/// <summary>The log, page by page.</summary>
internal interface IEventPages
{
    /// <summary>Up to <paramref name="limit"/> events after a position, of all tenants; <see cref="UnreadableEvent"/> for what cannot be read.</summary>
    Task<List<StoredEvent>> After(long position, int limit, CancellationToken ct);
}

/// <summary>The log in its order. Who has seen position N has seen all up to N: nothing comes later below it.</summary>
public sealed class EventFeed(LedgerDatabase database, EventJson json) : IEventPages
{
    /// <inheritdoc cref="IEventPages.After"/>
    public Task<List<StoredEvent>> After(long position, int limit, CancellationToken ct) =>
        database.QueryAsWorker(
            $"{Columns} where e.seq_id > $1 order by e.seq_id limit $2", [position, limit], row => Read(row, ReadOrStandIn), ct);

    /// <summary>Up to <paramref name="limit"/> events after a position, of one tenant, of these types or of all.</summary>
    public Task<List<StoredEvent>> AfterForTenant(
        string tenant, long position, IReadOnlyCollection<string>? types, int limit, CancellationToken ct) =>
        database.QueryAsTenant(tenant, $"""
            {Columns} join ledger.event_index i on i.position = e.seq_id
            where i.tenant_id = $1 and i.position > $2 and ($3::text[] is null or i.type = any($3))
            order by i.position limit $4
            """, [tenant, position, new NpgsqlParameter { Value = (object?)types?.ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text }, limit],
            row => Read(row, json.Read), ct);

    /// <summary>All events of one stream, in order.</summary>
    public Task<List<StoredEvent>> OfStream(string tenant, Guid stream, CancellationToken ct) =>
        database.QueryAsTenant(tenant, $"{Columns} where e.tenant_id = $1 and e.stream_id = $2 order by e.version", [tenant, stream], row => Read(row, json.Read), ct);

    /// <summary>The position of the last event; 0 for an empty log.</summary>
    public async Task<long> Head(CancellationToken ct) =>
        (await database.QueryAsWorker(
            "select coalesce((select last_position from ledger.blocks order by last_position desc limit 1), 0)", [], row => row.GetInt64(0), ct))[0];

    private const string Columns = """
        select e.seq_id, e.id, e.tenant_id, s.type, e.stream_id, e.version, e.type, e.data::text, e.headers::text,
               e.correlation_id, e.causation_id, e.timestamp
        from public.mt_events e join public.mt_streams s on s.tenant_id = e.tenant_id and s.id = e.stream_id
        """;

    private IEvent ReadOrStandIn(string type, string text)
    {
        try { return json.Read(type, text); }
        catch (Exception e) when (e is UnknownEventException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return new UnreadableEvent(e);
        }
    }

    private static StoredEvent Read(NpgsqlDataReader row, Func<string, string, IEvent> read)
    {
        var type = row.GetString(6);
        return new(
            row.GetInt64(0), row.GetGuid(1), row.GetString(2), new(row.GetString(3), row.GetGuid(4)), row.GetInt64(5), type,
            read(type, row.GetString(7)), EventJson.ReadHeaders(row.GetString(8)), row.GetStringOrNull(9), row.GetStringOrNull(10), row.GetInstant(11));
    }
}

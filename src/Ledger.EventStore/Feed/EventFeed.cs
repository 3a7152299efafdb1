using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;

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
    private const int StretchMax = 200_000, PartMax = 2000, PartsAhead = 4;

    private const string Columns = """
        select e.seq_id, e.id, e.tenant_id, e.stream_id, e.version, e.type, e.data, e.headers, e.correlation_id, e.causation_id, e.timestamp
        from public.mt_events e
        """;

    /// <summary>The kind of stream that an event of this name is of: always the same, see <see cref="EventTypes.StateOf"/>.</summary>
    private readonly ConcurrentDictionary<string, string> categories = new();

    /// <inheritdoc cref="IEventPages.After"/>
    public async Task<List<StoredEvent>> After(long position, int limit, CancellationToken ct) => await Finish(await database.QueryAsWorker(
        $"{Columns} where e.seq_id > $1 order by e.seq_id limit $2", [position, limit], row => Read(row, ReadOrStandIn), ct), ct);

    /// <summary>
    /// All events after a position up to another, of all tenants, in parts: for reading far. The next are read while these are
    /// worked on; no statement runs for longer than a stretch of the log takes.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<StoredEvent>> Between(
        long after, long to, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var parts = Channel.CreateBounded<List<Raw>>(PartsAhead);
        var reading = Task.Run(() => ReadAhead(after, to, parts.Writer, stop.Token), CancellationToken.None);
        try
        {
            await foreach (var part in parts.Reader.ReadAllAsync(ct)) yield return await Finish(part.ConvertAll(raw => Read(raw, ReadOrStandIn)), ct);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <summary>Up to <paramref name="limit"/> events after a position, of one tenant, of these types or of all.</summary>
    public async Task<List<StoredEvent>> AfterForTenant(
        string tenant, long position, IReadOnlyCollection<string>? types, int limit, CancellationToken ct) => await Finish(await database.QueryAsTenant(tenant, $"""
            {Columns} join ledger.event_index i on i.position = e.seq_id
            where i.tenant_id = $1 and i.position > $2 and ($3::text[] is null or i.type = any($3))
            order by i.position limit $4
            """, [tenant, position, OrNull.Of(types?.ToArray()), limit],
            row => Read(row, json.Read), ct), ct);

    /// <summary>
    /// The events after a position up to another that are of these types, or of those and of these tenants;
    /// <see cref="UnreadableEvent"/> for what cannot be read.
    /// </summary>
    public async Task<List<StoredEvent>> Among(
        long after, long to, string[] types, string[] typesOfTenants, string[] tenants, CancellationToken ct) => await Finish(await database.QueryAsWorker($"""
            {Columns} where e.seq_id > $1 and e.seq_id <= $2 and (e.type = any($3) or (e.type = any($4) and e.tenant_id = any($5))) order by e.seq_id
            """, [after, to, types, typesOfTenants, tenants], row => Read(row, ReadOrStandIn), ct), ct);

    /// <summary>What happened to each of these streams from its beginning, in order.</summary>
    public async Task<IReadOnlyDictionary<(string Tenant, Guid Stream), List<IEvent>>> Histories(
        IReadOnlyCollection<(string Tenant, Guid Stream)> streams, CancellationToken ct)
    {
        var found = new Dictionary<(string, Guid), List<IEvent>>();
        if (streams.Count == 0) return found;
        _ = await database.QueryAsWorker("""
            select e.tenant_id, e.stream_id, e.type, e.data from unnest($1, $2) as s (tenant_id, stream_id)
            join public.mt_events e on e.tenant_id = s.tenant_id and e.stream_id = s.stream_id order by e.tenant_id, e.stream_id, e.version
            """, [streams.Select(one => one.Tenant).ToArray(), streams.Select(one => one.Stream).ToArray()], row =>
            {
                var stream = (row.GetString(0), row.GetGuid(1));
                if (!found.TryGetValue(stream, out var history)) found[stream] = history = [];
                history.Add(json.Read(row.GetString(2), row.GetFieldValue<byte[]>(3)));
                return true;
            }, ct);
        return found;
    }

    /// <summary>All events of one stream, in order.</summary>
    public async Task<List<StoredEvent>> OfStream(string tenant, Guid stream, CancellationToken ct) => await Finish(await database.QueryAsTenant(
        tenant, $"{Columns} where e.tenant_id = $1 and e.stream_id = $2 order by e.version", [tenant, stream], row => Read(row, json.Read), ct), ct);

    /// <summary>The events of several streams that were true by an instant, if one is given, and in the log up to a position; each stream's in order.</summary>
    public async Task<List<StoredEvent>> OfStreams(string tenant, Guid[] streams, Instant? at, long position, CancellationToken ct) =>
        await Finish(await database.QueryAsTenant(tenant, $"""
            {Columns} join ledger.event_index i on i.tenant_id = e.tenant_id and i.position = e.seq_id
            where e.tenant_id = $1 and e.stream_id = any($2) and e.seq_id <= $3 and ($4 is null or i.effective_at <= $4)
            order by e.stream_id, e.version
            """, [tenant, streams, position, OrNull.Of(at)], row => Read(row, json.Read), ct), ct);

    /// <summary>The position of the last event; 0 for an empty log.</summary>
    public async Task<long> Head(CancellationToken ct) =>
        (await database.QueryAsWorker(
            "select coalesce((select last_position from ledger.blocks order by last_position desc limit 1), 0)", [], row => row.GetInt64(0), ct))[0];

    /// <summary>The position of the last event that was recorded before an instant; 0 for none.</summary>
    public async Task<long> Before(Instant at, CancellationToken ct) =>
        (await database.QueryAsWorker("select ledger.position_before($1)", [at], row => row.GetInt64(0), ct))[0];

    private async Task ReadAhead(long after, long to, ChannelWriter<List<Raw>> parts, CancellationToken ct)
    {
        try
        {
            for (; after < to; after = Math.Min(to, after + StretchMax)) await ReadStretch(after, Math.Min(to, after + StretchMax), parts, ct);
            parts.Complete();
        }
#pragma warning disable CA1031 // It goes to whoever reads the parts.
        catch (Exception e) { _ = parts.TryComplete(e); }
#pragma warning restore CA1031
    }

    private async Task ReadStretch(long after, long to, ChannelWriter<List<Raw>> parts, CancellationToken ct)
    {
        await using var connection = await database.Source.OpenConnectionAsync(ct);
        await using var batch = LedgerDatabase.AsWorker(connection);
        batch.Timeout = 0;
        batch.BatchCommands.Add(TenantQueries.Command($"{Columns} where e.seq_id > $1 and e.seq_id <= $2 order by e.seq_id", [after, to]));
        await using var reader = await batch.ExecuteReaderAsync(ct);
        _ = await reader.NextResultAsync(ct);
        var part = new List<Raw>(PartMax);
        while (await reader.ReadAsync(ct))
        {
            part.Add(new(reader));
            if (part.Count < PartMax) continue;
            await parts.WriteAsync(part, ct);
            part = new(PartMax);
        }

        if (part.Count > 0) await parts.WriteAsync(part, ct);
    }

    private IEvent ReadOrStandIn(string type, ReadOnlySpan<byte> text)
    {
        try { return json.Read(type, text); }
        catch (Exception e) when (e is UnknownEventException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            return new UnreadableEvent(e);
        }
    }

    private StoredEvent Read(NpgsqlDataReader row, ReadEvent read) => Read(new Raw(row), read);

    /// <summary>An event as it was read; its stream's kind is empty where no event of its name was seen before.</summary>
    private StoredEvent Read(in Raw raw, ReadEvent read) => new(
        raw.Position, raw.Id, raw.Tenant, new(categories.GetValueOrDefault(raw.Type, ""), raw.Stream), raw.Version, raw.Type,
        read(raw.Type, raw.Data), EventJson.ReadHeaders(raw.Headers), raw.CorrelationId, raw.CausationId, raw.RecordedAt);

    /// <summary>Gives their stream's kind to those that were read without, which is once for each name.</summary>
    private async Task<List<StoredEvent>> Finish(List<StoredEvent> events, CancellationToken ct)
    {
        for (var i = 0; i < events.Count; i++)
        {
            var one = events[i];
            if (one.Stream.Category.Length > 0) continue;
            if (!categories.TryGetValue(one.Type, out var category))
                category = categories[one.Type] = await CategoryOf(one, ct);
            events[i] = one with { Stream = new(category, one.Stream.Id) };
        }

        return events;
    }

    private async Task<string> CategoryOf(StoredEvent happened, CancellationToken ct) => (await database.QueryAsWorker(
        "select type from public.mt_streams where tenant_id = $1 and id = $2", [happened.Tenant, happened.Stream.Id], row => row.GetString(0), ct))[0];

    /// <summary>A row as it comes: what is costly to make of it is made later, by whoever works on it.</summary>
    private readonly struct Raw(NpgsqlDataReader row)
    {
        public readonly long Position = row.GetInt64(0);
        public readonly Guid Id = row.GetGuid(1);
        public readonly string Tenant = row.GetString(2);
        public readonly Guid Stream = row.GetGuid(3);
        public readonly long Version = row.GetInt64(4);
        public readonly string Type = row.GetString(5);
        public readonly byte[] Data = row.GetFieldValue<byte[]>(6);
        public readonly byte[] Headers = row.GetFieldValue<byte[]>(7);
        public readonly string? CorrelationId = row.GetStringOrNull(8);
        public readonly string? CausationId = row.GetStringOrNull(9);
        public readonly Instant RecordedAt = row.GetInstant(10);
    }

    private delegate IEvent ReadEvent(string type, ReadOnlySpan<byte> json);
}

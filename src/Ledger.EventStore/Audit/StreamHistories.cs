namespace Ledger.EventStore.Audit;

/// <summary>Reads streams from their first event up to a version, several in one statement.</summary>
public sealed class StreamHistories(LedgerDatabase database, EventJson json)
{
    /// <summary>The events of each stream in their order, up to the version asked for; none for a stream with an event that this program cannot read.</summary>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<IEvent>>> UpTo(
        string tenant, IReadOnlyCollection<(Guid Stream, long Version)> wanted, CancellationToken ct)
    {
        if (wanted.Count == 0) return new Dictionary<Guid, IReadOnlyList<IEvent>>();
        var rows = await database.QueryAsTenant(tenant, """
            select e.stream_id, e.type, e.data
            from unnest($2::uuid[], $3::bigint[]) as q (stream, version)
            join public.mt_events e on e.tenant_id = $1 and e.stream_id = q.stream and e.version <= q.version
            order by e.stream_id, e.version
            """, [tenant, wanted.Select(one => one.Stream).ToArray(), wanted.Select(one => one.Version).ToArray()],
            row => (Stream: row.GetGuid(0), Type: row.GetString(1), Data: row.GetFieldValue<byte[]>(2)), ct);
        return rows.GroupBy(row => row.Stream).ToDictionary(
            stream => stream.Key, stream => (IReadOnlyList<IEvent>)(Read(stream.Select(row => (row.Type, row.Data))) ?? []));
    }

    private List<IEvent>? Read(IEnumerable<(string Type, byte[] Data)> stream)
    {
        try { return [.. stream.Select(one => json.Read(one.Type, one.Data))]; }
        catch (Exception e) when (e is UnknownEventException or System.Text.Json.JsonException) { return null; }
    }
}

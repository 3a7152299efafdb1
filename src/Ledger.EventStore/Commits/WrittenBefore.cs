namespace Ledger.EventStore.Commits;

/// <summary>Finds out whether a commit, refused now, is refused because it had been written already.</summary>
/// <remarks>
/// Its own events in their places, by id, say that it was; without events, the end of its message, its own idempotency
/// record or its checkpoint does. A record is its own if it has its answer: the same request, made again
/// elsewhere, may have been answered otherwise.
/// </remarks>
internal static class WrittenBefore
{
    public static async Task<CommitResult.Committed?> Find(NpgsqlConnection connection, Commit commit)
    {
        if (commit.Events.Count > 0) return await FindEvents(connection, commit);
        var stands = commit switch
        {
            { Completes: { } done } => !await Exists(connection, "select 1 from ledger.messages where id = $1", done.Id),
            { Idempotency: { } record } => await Exists(connection, """
                select 1 from ledger.idempotency
                where tenant_id = $1 and caller = $2 and key = $3 and request_hash = $4 and is_done = $5
                  and coalesce(body, '') = $6 and coalesce(status, 0) = $7
                """, record.Key.Tenant, record.Key.Caller, record.Key.Key, record.RequestHash, record.IsDone,
                record.Body ?? [], record.Status ?? 0),
            { Checkpoint: { } move } => await Exists(connection,
                "select 1 from ledger.places where name = $1 and position = $2", move.Name, move.To),
            _ => false,
        };
        return stands ? new(0, [], [], Instant.MinValue) : null;
    }

    private static async Task<CommitResult.Committed?> FindEvents(NpgsqlConnection connection, Commit commit)
    {
        await using var command = new NpgsqlCommand("""
            select e.seq_id, case jsonb_typeof(e.data -> 'number') when 'number' then (e.data -> 'number')::bigint end, e.timestamp
            from unnest($2::uuid[], $3::bigint[], $4::uuid[]) with ordinality as mine (stream_id, version, id, ordinal)
            join public.mt_events e on e.tenant_id = $1 and e.stream_id = mine.stream_id and e.version = mine.version and e.id = mine.id
            order by mine.ordinal
            """, connection)
        {
            Parameters =
            {
                new() { Value = commit.Tenant },
                new() { Value = commit.Events.Select(one => one.Stream.Id).ToArray() },
                new() { Value = commit.Events.Select(one => one.Version).ToArray() },
                new() { Value = commit.Events.Select(one => one.Id).ToArray() },
            },
        };
        var positions = new List<long>();
        var numbers = new List<long?>();
        var recordedAt = Instant.MinValue;
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            positions.Add(reader.GetInt64(0));
            numbers.Add(reader.IsDBNull(1) ? null : reader.GetInt64(1));
            recordedAt = reader.GetInstant(2);
        }

        return positions.Count == commit.Events.Count ? new(positions[^1], positions, numbers, recordedAt) : null;
    }

    private static async Task<bool> Exists(NpgsqlConnection connection, string sql, params object[] values)
    {
#pragma warning disable CA2100 // The texts are the constants above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values) _ = command.Parameters.Add(new() { Value = value });
        return await command.ExecuteScalarAsync() is not null;
    }
}

namespace Ledger.EventStore.Streams;

/// <summary>Reads one stream and folds it.</summary>
/// <remarks>Throws <see cref="OtherKindException"/> for a stream of another kind.</remarks>
public sealed class StreamLoader(LedgerDatabase database, EventJson json)
{
    private readonly StreamReads reads = new(database, json);

    /// <summary>The newest state, from what is known of it already: only later events are read.</summary>
    public async Task<(TState State, long Version)> Load<TState, TEvent>(
        string tenant, StreamId stream, (TState State, long Version)? known, CancellationToken ct)
        where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        var (state, version) = known ?? (TState.Initial, 0);
        var events = await reads.After(tenant, stream.Id, version, ct);
        foreach (var one in events) state = TState.Evolve(state, OtherKindException.Cast<TEvent>(one));
        return (state, version + events.Count);
    }

    /// <summary>The state as it was once the log had grown to <paramref name="position"/>.</summary>
    public async Task<(TState State, long Version)> LoadAt<TState, TEvent>(
        string tenant, StreamId stream, long position, CancellationToken ct)
        where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        var events = await database.QueryAsTenant(tenant, """
            select type, data::text from public.mt_events
            where tenant_id = $1 and stream_id = $2 and seq_id <= $3 order by version
            """, [tenant, stream.Id, position], row => OtherKindException.Cast<TEvent>(json.Read(row.GetString(0), row.GetString(1))), ct);
        return (events.Aggregate(TState.Initial, TState.Evolve), events.Count);
    }

    /// <summary>
    /// The state as it was at an instant of the tenant's clock, as the log knew it at a position: events that were true by then, in
    /// their order.
    /// </summary>
    /// <param name="at">Null for whatever was in the log.</param>
    /// <param name="position">Null for whatever the log knows now.</param>
    public async Task<(TState State, long Version)> LoadAsOf<TState, TEvent>(
        string tenant, StreamId stream, Instant? at, long? position, CancellationToken ct)
        where TState : IState<TState, TEvent> where TEvent : IEvent
    {
        var events = await database.QueryAsTenant(tenant, """
            select e.type, e.data::text, e.version
            from public.mt_events e join ledger.event_index i on i.tenant_id = e.tenant_id and i.position = e.seq_id
            where e.tenant_id = $1 and e.stream_id = $2 and i.effective_at <= $3 and e.seq_id <= $4 order by e.version
            """, [tenant, stream.Id, at ?? Instant.FromUtc(9000, 1, 1, 0, 0), position ?? long.MaxValue],
            row => (Event: OtherKindException.Cast<TEvent>(json.Read(row.GetString(0), row.GetString(1))), Version: row.GetInt64(2)), ct);
        return (events.Select(one => one.Event).Aggregate(TState.Initial, TState.Evolve), events.Count == 0 ? 0 : events[^1].Version);
    }
}

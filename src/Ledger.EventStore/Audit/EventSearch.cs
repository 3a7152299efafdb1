namespace Ledger.EventStore.Audit;

/// <summary>Finds the places of events in the log, newest first, each way in by an index of its own.</summary>
/// <remarks>
/// A search by one thing reads what it gives and no more. Where two are asked for, it goes by the one that narrows most and
/// looks at a bounded number of events: what is farther away is found by the next search, from <c>CutAt</c> on. Conditions are on
/// whole rows of an index, so that the planner has no choice: by another index, one who did little would be looked for
/// in all that others did.
/// </remarks>
public sealed class EventSearch(LedgerDatabase database)
{
    /// <summary>How many events one search looks at.</summary>
    public const int LooksMax = 5000;

    private const string ByStream = """
        select e.seq_id as position, e.version, e.type::text as type, (e.headers ->> 'actor_kind') || ':' || (e.headers ->> 'actor_id') as actor from public.mt_events e
        where e.tenant_id = $1 and e.stream_id = $2 and e.version < $3 and e.seq_id < $4 and e.seq_id > $5
        order by e.version desc limit $6
        """;

    private const string ByActor = """
        select i.* from unnest($2::text[]) as one (actor)
        cross join lateral (
            select x.position, $3::bigint as version, x.type, x.actor from ledger.event_index x
            where (x.tenant_id, x.actor, x.position) < ($1, one.actor, $4) and (x.tenant_id, x.actor, x.position) > ($1, one.actor, $5)
            order by x.tenant_id desc, x.actor desc, x.position desc limit $6) i
        order by i.position desc limit $6
        """;

    private const string ByType = """
        select i.* from unnest($2::text[]) as one (type)
        cross join lateral (
            select x.position, $3::bigint as version, x.type, x.actor from ledger.event_index x
            where (x.tenant_id, x.type, x.position) < ($1, one.type, $4) and (x.tenant_id, x.type, x.position) > ($1, one.type, $5)
            order by x.tenant_id desc, x.type desc, x.position desc limit $6) i
        order by i.position desc limit $6
        """;

    private const string All = """
        select x.position, $3::bigint as version, x.type, x.actor from ledger.event_index x
        where x.tenant_id = $1 and $2::text is null and x.position < $4 and x.position > $5
        order by x.position desc limit $6
        """;

    /// <summary>Up to <paramref name="limit"/> events.</summary>
    public async Task<Search<EventPlace, EventPlace>> Find(string tenant, EventsWanted wanted, int limit, CancellationToken ct)
    {
        var (way, key) = wanted switch
        {
            { Stream: { } stream } => (ByStream, (object?)stream),
            { Actors: { } actors } => (ByActor, actors.ToArray()),
            { Types: { } types } => (ByType, types.ToArray()),
            _ => (All, null),
        };
        var typesLeft = way == ByType ? null : wanted.Types?.ToArray();
        var actorsLeft = way == ByActor ? null : wanted.Actors?.ToArray();
        var looks = typesLeft is null && actorsLeft is null ? limit : Math.Max(limit, LooksMax);
        var rows = await database.QueryAsTenant(tenant, $"""
            with looked as materialized ({way})
            (select l.position, l.version, false from looked l
             where ($7::text[] is null or l.type = any($7)) and ($8::text[] is null or l.actor = any($8))
             order by l.position desc limit $9)
            union all
            select min(l.position), min(l.version), true from looked l having count(*) = $6
            """, [tenant, key ?? OrNull.Of((string[]?)null), wanted.Before.Version, wanted.Before.Position, wanted.After, looks, OrNull.Of(typesLeft), OrNull.Of(actorsLeft), limit],
            row => (Place: new EventPlace(row.GetInt64(0), row.GetInt64(1)), IsEnd: row.GetBoolean(2)), ct);

        var found = rows.Where(row => !row.IsEnd).Select(row => row.Place).OrderByDescending(place => place.Position).ToList();
        var isCut = found.Count < limit && rows.Exists(row => row.IsEnd);
        return new(found, isCut ? rows.Find(row => row.IsEnd).Place : null);
    }

    /// <summary>The last position that was recorded before an instant; 0 for none.</summary>
    public async Task<long> PositionBefore(string tenant, Instant at, CancellationToken ct) => (await database.QueryAsTenant(
        tenant, "select ledger.position_before($1)", [at], row => row.GetInt64(0), ct))[0];
}

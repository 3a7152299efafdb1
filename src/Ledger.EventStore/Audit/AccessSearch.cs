namespace Ledger.EventStore.Audit;

/// <summary>Which records of access are looked for; what is null narrows nothing.</summary>
/// <param name="Actors">Kind, colon, id.</param>
/// <param name="IsFailure">True for refusals alone, false for what went well.</param>
/// <param name="From">Only ids from here on; see <see cref="TimedId.FirstAt"/>.</param>
/// <param name="Before">Only ids before this one.</param>
/// <param name="Except">None of these operations.</param>
public sealed record AccessWanted(
    string? ResourceType, string? ResourceId, IReadOnlyCollection<string>? Actors, string? Operation, bool? IsRead, bool? IsFailure, Guid From, Guid Before,
    IReadOnlyCollection<string>? Except = null);

/// <summary>Finds records of access, newest first, as <see cref="EventSearch"/> finds events.</summary>
public sealed class AccessSearch(LedgerDatabase database)
{
    private const string Columns =
        "tenant_id, id, at, actor, operation, is_read, resource_type, resource_id, status, code, request_id, ip, user_agent, left_out";

    private const string Range = "a.tenant_id = $1 and a.id < $3 and a.id >= $4";

    private const string ByResource = $"select a.* from ledger.access_log a where {Range} and a.resource_id = $2 order by a.id desc limit $5";

    private const string ByActor = $"""
        select i.* from unnest($2::text[]) as one (actor)
        cross join lateral (
            select a.* from ledger.access_log a where (a.tenant_id, a.actor, a.id) < ($1, one.actor, $3) and (a.tenant_id, a.actor, a.id) >= ($1, one.actor, $4)
            order by a.tenant_id desc, a.actor desc, a.id desc limit $5) i
        order by i.id desc limit $5
        """;

    private const string Failures = $"select a.* from ledger.access_log a where {Range} and $2::text is null and a.status >= 400 order by a.id desc limit $5";

    private const string All = $"select a.* from ledger.access_log a where {Range} and $2::text is null order by a.id desc limit $5";

    /// <summary>Up to <paramref name="limit"/> records.</summary>
    public async Task<Search<AccessRecord, Guid>> Find(string tenant, AccessWanted wanted, int limit, CancellationToken ct)
    {
        var (way, key) = wanted switch
        {
            { ResourceId: { } resource } => (ByResource, (object)resource),
            { Actors: { } actors } => (ByActor, actors.ToArray()),
            { IsFailure: true } => (Failures, OrNull.Of((string?)null)),
            _ => (All, OrNull.Of((string?)null)),
        };
        var isNarrowed = wanted is not { ResourceType: null, Operation: null, IsRead: null } || (way != ByActor && wanted.Actors is not null)
            || (way != Failures && wanted.IsFailure is not null);
        var looks = isNarrowed ? Math.Max(limit, EventSearch.LooksMax) : limit;
        var rows = await database.QueryAsTenant(tenant, $"""
            with looked as materialized ({way})
            (select {Columns}, false from looked l
             where ($6::text is null or l.resource_type = $6) and ($7::text[] is null or l.actor = any($7)) and ($8::text is null or l.operation = $8)
               and ($9::boolean is null or l.is_read = $9) and ($10::boolean is null or (l.status >= 400) = $10)
               and ($12::text[] is null or l.operation <> all($12))
             order by l.id desc limit $11)
            union all
            (select {Columns}, true from looked l where (select count(*) from looked) = $5 order by l.id limit 1)
            """,
            [
                tenant, key, wanted.Before, wanted.From, looks, OrNull.Of(wanted.ResourceType), OrNull.Of(wanted.Actors?.ToArray()), OrNull.Of(wanted.Operation),
                OrNull.Of(wanted.IsRead), OrNull.Of(wanted.IsFailure), limit, OrNull.Of(wanted.Except?.ToArray()),
            ], row => (Row: Read(row), IsEnd: row.GetBoolean(14)), ct);

        var found = rows.Where(row => !row.IsEnd).Select(row => row.Row).ToList();
        var isCut = found.Count < limit && rows.Exists(row => row.IsEnd);
        return new(found, isCut ? rows.Find(row => row.IsEnd).Row.Id : null);
    }

    /// <summary>The record with this id; null when the tenant has none.</summary>
    public async Task<AccessRecord?> Find(string tenant, Guid id, CancellationToken ct) => (await database.QueryAsTenant(
        tenant, $"select {Columns} from ledger.access_log where tenant_id = $1 and id = $2", [tenant, id], Read, ct)).FirstOrDefault();

    private static AccessRecord Read(NpgsqlDataReader row) => new(
        row.GetString(0), row.GetGuid(1), row.GetInstant(2), row.GetStringOrNull(3), row.GetString(4), row.GetBoolean(5), row.GetStringOrNull(6),
        row.GetStringOrNull(7), row.GetInt32(8), row.GetStringOrNull(9), row.GetStringOrNull(10), row.GetStringOrNull(11), row.GetStringOrNull(12),
        row.IsDBNull(13) ? null : row.GetInt64(13));
}

namespace Ledger.EventStore.Audit;

/// <summary>Writes what the audit trail has beside the log, many rows in one statement, and forgets it in time.</summary>
public sealed class AuditRows(LedgerDatabase database) : IForgets
{
    /// <summary>How long rows are kept: addresses and user agents are personal data, and are not kept for ever.</summary>
    public static readonly Duration KeptFor = Duration.FromDays(365);

    /// <summary>
    /// From where an erased customer came is not written down, however late the row is. Of any other actor, and of nobody, it is.
    /// </summary>
    private const string IsThere = """
        (r.actor is null or r.actor not like 'customer:%' or exists (
            select 1 from ledger.personal_keys k
            where k.tenant_id = r.tenant_id and k.subject_id = substr(r.actor, 10)::uuid and k.wrapped is not null))
        """;

    /// <summary>A row that stands already stays as it is.</summary>
    public Task<int> Write(IReadOnlyCollection<RequestOrigin> rows, CancellationToken ct) => rows.Count == 0 ? Task.FromResult(0) : database.RunAsWorker($"""
        insert into ledger.request_origins (tenant_id, request_id, at, ip, user_agent, actor)
            select r.tenant_id, r.request_id, r.at, case when {IsThere} then r.ip end, case when {IsThere} then r.user_agent end, r.actor
            from unnest($1::text[], $2::text[], $3::timestamptz[], $4::text[], $5::text[], $6::text[])
                as r (tenant_id, request_id, at, ip, user_agent, actor) on conflict do nothing
        """, [Texts(rows, one => one.Tenant), Texts(rows, one => one.RequestId), Times(rows, one => one.At), Texts(rows, one => one.Ip), Texts(rows, one => one.UserAgent), Texts(rows, one => one.Actor)], ct);

    /// <inheritdoc cref="Write(IReadOnlyCollection{RequestOrigin}, CancellationToken)"/>
    public Task<int> Write(IReadOnlyCollection<AccessRecord> rows, CancellationToken ct) => rows.Count == 0 ? Task.FromResult(0) : database.RunAsWorker($"""
        insert into ledger.access_log (tenant_id, id, at, actor, operation, is_read, resource_type, resource_id, status, code, request_id, ip,
                                       user_agent, left_out)
            select r.tenant_id, r.id, r.at, r.actor, r.operation, r.is_read, r.resource_type, r.resource_id, r.status, r.code, r.request_id,
                   case when {IsThere} then r.ip end, case when {IsThere} then r.user_agent end, r.left_out
            from unnest($1::text[], $2::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::boolean[], $7::text[], $8::text[], $9::int[],
                        $10::text[], $11::text[], $12::text[], $13::text[], $14::bigint[])
                as r (tenant_id, id, at, actor, operation, is_read, resource_type, resource_id, status, code, request_id, ip, user_agent, left_out)
            on conflict do nothing
        """,
        [
            Texts(rows, one => one.Tenant), rows.Select(one => one.Id).ToArray(), Times(rows, one => one.At), Texts(rows, one => one.Actor),
            Texts(rows, one => one.Operation), rows.Select(one => one.IsRead).ToArray(), Texts(rows, one => one.ResourceType),
            Texts(rows, one => one.ResourceId), rows.Select(one => one.Status).ToArray(), Texts(rows, one => one.Code),
            Texts(rows, one => one.RequestId), Texts(rows, one => one.Ip), Texts(rows, one => one.UserAgent), rows.Select(one => one.LeftOut).ToArray(),
        ], ct);

    /// <summary>Forgets rows that were kept for long enough; a bounded number at a time.</summary>
    /// <returns>How many; 0 when there are no more.</returns>
    public async Task<int> Forget(Instant now, CancellationToken ct) =>
        await database.RunAsWorker("""
            delete from ledger.request_origins where ctid = any(array(select ctid from ledger.request_origins where at < $1 limit 5000))
            """, [now - KeptFor], ct)
        + await database.RunAsWorker("""
            delete from ledger.access_log where ctid = any(array(select ctid from ledger.access_log where at < $1 limit 5000))
            """, [now - KeptFor], ct);

    private static NpgsqlParameter Texts<TRow>(IEnumerable<TRow> rows, Func<TRow, string?> value) =>
        new() { Value = rows.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };

    private static NpgsqlParameter Times<TRow>(IEnumerable<TRow> rows, Func<TRow, Instant> value) =>
        new() { Value = rows.Select(row => value(row).ToDateTimeUtc()).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz };
}

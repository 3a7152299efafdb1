using System.Globalization;
using Ledger.Domain.Webhooks;
using Ledger.Projections;
using Npgsql;

namespace Ledger.Application.Webhooks;

/// <summary>What a tenant's endpoints were told, and how it went; kept for 30 days after it ended.</summary>
public sealed class WebhookLog(LedgerDatabase database)
{
    private const string Columns = """
        d.number, d.id, d.event_id, d.type, d.subject_id, d.sequence, d.position, d.occurred_at,
        case when d.status = 'pending' and d.round > 0 and not d.is_taken then 'failed' else d.status end, d.attempts,
        case when d.status = 'pending' then d.due_at end, d.created_at, d.ended_at, l.status, l.error
        from ledger.webhook_deliveries d left join lateral (
            select a.status, a.error from ledger.webhook_attempts a where a.tenant_id = d.tenant_id and a.delivery_id = d.id order by a.attempt desc limit 1
        ) l on true
        """;

    /// <summary>Deliveries to an endpoint, newest first.</summary>
    /// <param name="status">As on the wire; null for any.</param>
    /// <param name="type">A public name; null for any.</param>
    public async Task<PageOf<DeliveryLine>> Deliveries(string tenant, Guid endpoint, DeliveryStatus? status, string? type, PageWanted page, CancellationToken ct)
    {
        var rows = await database.QueryAsTenant(tenant, $"""
            select {Columns}
            where d.tenant_id = $1 and d.endpoint_id = $2 and ($3 = 0 or d.number < $3) and ($4 = '' or d.type = $4) and case $5
                when '' then true when 'failed' then d.status = 'pending' and d.round > 0 and not d.is_taken
                when 'pending' then d.status = 'pending' and (d.round = 0 or d.is_taken) else d.status = $5 end
            order by d.number desc limit $6 offset $7
            """, [tenant, endpoint, page.After ?? 0, type ?? "", status is { } one ? EventTypes.SnakeCase(one.ToString()) : "", page.Limit + 1, page.Offset], Read, ct);
        return Page(rows, page);
    }

    /// <summary>How many endpoints a tenant has, by the log: those of the last instant too, and not the removed.</summary>
    public async Task<long> CountEndpoints(string tenant, CancellationToken ct) => (await database.QueryAsTenant(tenant, """
        select count(*) filter (where type = $2) - count(*) filter (where type = $3) from ledger.event_index where tenant_id = $1 and type in ($2, $3)
        """, [tenant, EventTypes.SnakeCase(nameof(WebhookEndpointRegistered)), EventTypes.SnakeCase(nameof(WebhookEndpointRemoved))], row => row.GetInt64(0), ct))[0];

    /// <summary>Null when it is not there, or kept no more.</summary>
    public async Task<DeliveryLine?> Find(string tenant, Guid endpoint, Guid id, CancellationToken ct) => (await database.QueryAsTenant(
        tenant, $"select {Columns} where d.tenant_id = $1 and d.endpoint_id = $2 and d.id = $3", [tenant, endpoint, id], Read, ct)).FirstOrDefault();

    public async Task<string> BodyOf(string tenant, Guid id, CancellationToken ct) => (await database.QueryAsTenant(
        tenant, "select body from ledger.webhook_deliveries where tenant_id = $1 and id = $2", [tenant, id], row => row.GetString(0), ct)).FirstOrDefault("");

    /// <summary>How often it was tried, and how that went, the first first.</summary>
    public Task<List<AttemptLine>> Attempts(string tenant, Guid id, CancellationToken ct) => database.QueryAsTenant(tenant, """
        select attempt, at, status, error, took_ms, answer, next_at from ledger.webhook_attempts where tenant_id = $1 and delivery_id = $2 order by attempt
        """, [tenant, id], row => new AttemptLine(
            row.GetInt32(0), row.GetInstant(1), row.GetInt32OrNull(2), row.GetStringOrNull(3), row.GetInt32(4), row.GetStringOrNull(5), row.GetInstantOrNull(6)), ct);

    /// <summary>What an endpoint lacks for good unless it is asked for again: deliveries that were given up, newest first.</summary>
    public async Task<PageOf<DeliveryLine>> Gaps(string tenant, Guid endpoint, PageWanted page, CancellationToken ct) =>
        Page(await database.QueryAsTenant(tenant, $"""
            select {Columns} where d.tenant_id = $1 and d.endpoint_id = $2 and d.status = 'abandoned' and ($3 = 0 or d.number < $3)
            order by d.number desc limit $4 offset $5
            """, [tenant, endpoint, page.After ?? 0, page.Limit + 1, page.Offset], Read, ct), page);

    /// <summary>The last position that was recorded before an instant.</summary>
    public async Task<long> PositionBefore(Instant at, CancellationToken ct) => (await database.QueryAsWorker(
        "select ledger.position_before($1)", [at], row => row.GetInt64(0), ct))[0];

    private static PageOf<DeliveryLine> Page(List<DeliveryLine> rows, PageWanted page)
    {
        var hasMore = rows.Count > page.Limit;
        if (hasMore) rows.RemoveAt(rows.Count - 1);
        return new(rows, hasMore, hasMore ? rows[^1].Number.ToString(CultureInfo.InvariantCulture) : null, null);
    }

    private static DeliveryLine Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), row.GetGuid(2), row.GetString(3), row.GetGuid(4), row.GetInt64(5), row.IsDBNull(6) ? null : row.GetInt64(6),
        row.GetInstant(7), WebhookTable.Word<DeliveryStatus>(row.GetString(8)), row.GetInt32(9), row.GetInstantOrNull(10), row.GetInstant(11),
        row.GetInstantOrNull(12), row.GetInt32OrNull(13), row.GetStringOrNull(14));
}

/// <summary>How a delivery stands: waiting or under way, arrived, failed and to be tried again, or given up.</summary>
public enum DeliveryStatus { Pending, Succeeded, Failed, Abandoned }

/// <param name="Number">Its place among all deliveries.</param>
/// <param name="NextAt">When it is tried again, by the tenant's clock; null where that is at once, or never.</param>
public sealed record DeliveryLine(
    long Number, Guid Id, Guid EventId, string Type, Guid SubjectId, long Sequence, long? Position, Instant OccurredAt, DeliveryStatus Status, int Attempts,
    Instant? NextAt, Instant CreatedAt, Instant? EndedAt, int? LastStatus, string? LastError);

/// <param name="At">By the tenant's clock.</param>
public sealed record AttemptLine(int Attempt, Instant At, int? Status, string? Error, int TookMs, string? Answer, Instant? NextAt);

using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.Domain.Webhooks;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Application.Webhooks;

/// <summary>What is to be delivered and how it went, as workers see it.</summary>
public sealed class WebhookTable(LedgerDatabase database) : IForgets
{
    /// <summary>The publisher's place in the log, and its lease.</summary>
    internal const string Name = "webhooks";

    /// <summary>How long a killed worker keeps a delivery from others at most: longer than an attempt may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>How long an endpoint may only fail before it is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(5);

    private static readonly Duration KeptFor = Duration.FromDays(30);

    private const int EndpointsAtOnce = 200, ForgottenAtOnce = 2000;

    /// <summary>There may be something to deliver.</summary>
    public LogSignal Due { get; } = new();

    /// <param name="tenant">Only its; null for every tenant's.</param>
    internal Task<List<WebhookTarget>> Targets(string? tenant, CancellationToken ct) => database.QueryAsWorker("""
        select tenant_id, id, status, format, events, waits, concurrency, per_second from ledger.webhook_endpoints where $1 = '' or tenant_id = $1
        """, [tenant ?? ""], row => new WebhookTarget(row.GetString(0), row.GetGuid(1), Word<WebhookEndpointStatus>(row.GetString(2)), new(
            row.GetFieldValue<string[]>(4), Word<WebhookFormat>(row.GetString(3)), row.GetFieldValue<int[]>(5), row.GetInt32(6), row.GetInt32(7))), ct);

    /// <summary>Moves the publisher on with what follows from a stretch of the log. Returns false when somebody else has.</summary>
    internal async Task<bool> Publish(
        long from, long to, long epoch, IReadOnlyCollection<NewDelivery> deliveries, IEnumerable<WebhookEndpointRow> endpoints, IEnumerable<MovedClock> clocks,
        CancellationToken ct)
    {
        var isDone = (await database.QueryAsWorker(
            "select ledger.publish_webhooks($1, $2, $3, $4, $5, $6, $7)", [from, to, Name, epoch, Json(deliveries), Json(endpoints), Json(clocks)],
            row => row.GetBoolean(0), ct))[0];
        Due.Raise();
        return isDone;
    }

    /// <summary>Takes up deliveries beside those of the log as it grows.</summary>
    /// <param name="again">Whether what was delivered or given up before is delivered again.</param>
    /// <returns>How many wait now that did not.</returns>
    internal async Task<int> Add(IReadOnlyCollection<NewDelivery> deliveries, bool again, CancellationToken ct)
    {
        var added = (await database.QueryAsWorker(
            "select ledger.add_webhook_deliveries($1, $2)", [Json(deliveries), again], row => row.GetInt32(0), ct))[0];
        Due.Raise();
        return added;
    }

    /// <summary>Has what an endpoint is to be told of a subject go on now: the first that waits does not wait for its time.</summary>
    internal async Task Hasten(string tenant, Guid endpoint, Guid subject, CancellationToken ct)
    {
        _ = await database.RunAsWorker("""
            update ledger.webhook_deliveries set next_at = least(next_at, clock_timestamp()), due_at = null
            where tenant_id = $1 and endpoint_id = $2 and subject_id = $3 and status = 'pending' and not is_blocked and not is_taken
            """, [tenant, endpoint, subject], ct);
        await Wake(tenant, endpoint, ct);
    }

    /// <summary>Has the deliverer look at an endpoint that may have been taken up while something was added for it.</summary>
    internal async Task Wake(string tenant, Guid endpoint, CancellationToken ct)
    {
        _ = await database.RunAsWorker(
            "update ledger.webhook_endpoints set wake_at = least(wake_at, clock_timestamp()) where tenant_id = $1 and id = $2", [tenant, endpoint], ct);
        Due.Raise();
    }

    /// <summary>Takes what is due, and nobody else's for the length of a lease.</summary>
    internal Task<List<TakenDelivery>> Take(CancellationToken ct) => database.QueryAsWorker(
        "select * from ledger.take_webhooks($1, $2)", [EndpointsAtOnce, Lease], row => new TakenDelivery(
            row.GetString(0), row.GetGuid(1), row.GetGuid(2), row.GetGuid(3), row.GetInt64(4), row.GetGuid(5), row.GetString(6), row.GetInt32(7),
            row.GetInt32(8), new(row.GetString(9)), row.GetFieldValue<int[]>(10), row.GetString(11), row.GetStringOrNull(12), row.GetInstantOrNull(13),
            row.GetInstant(14)), ct);

    /// <summary>Notes how attempts went. Returns the endpoints that have only failed for too long.</summary>
    internal async Task<List<(string Tenant, Guid Endpoint)>> End(IReadOnlyCollection<EndedAttempt> ended, CancellationToken ct)
    {
        var hopeless = await database.QueryAsWorker(
            "select * from ledger.end_webhook_attempts($1, $2)", [Json(ended), Patience], row => (row.GetString(0), row.GetGuid(1)), ct);
        Due.Raise();
        return hopeless;
    }

    /// <summary>Whether nothing of a tenant's is to be taken up, nothing due waits for its first or next attempt, and none is under way.</summary>
    internal async Task<bool> IsQuiet(string tenant, WebhookSources sources, CancellationToken ct) => (await database.QueryAsWorker("""
        select not exists (
            select from ledger.event_index i
            where i.tenant_id = $1 and i.position > (select position from ledger.places where name = $4) and (i.type = any ($2)
                or (i.type = any ($3) and exists (select from ledger.webhook_endpoints e where e.tenant_id = $1)))
        ) and not exists (
            select from ledger.webhook_deliveries d join ledger.webhook_endpoints e on e.tenant_id = d.tenant_id and e.id = d.endpoint_id
            where d.tenant_id = $1 and e.status = 'active' and d.status = 'pending' and (d.is_taken or (not d.is_blocked and d.next_at <= clock_timestamp())))
        """, [tenant, sources.Endpoints, sources.Told, Name], row => row.GetBoolean(0), ct))[0];

    /// <summary>Lets go of some deliveries that ended 30 days ago or earlier, with their attempts. Returns how many there were.</summary>
    public async Task<int> Forget(Instant now, CancellationToken ct) => (await database.QueryAsWorker("""
        with old as (
            select tenant_id, id from ledger.webhook_deliveries where ended_at < $1 order by ended_at limit $2 for update skip locked
        ), attempts as (
            delete from ledger.webhook_attempts a using old where a.tenant_id = old.tenant_id and a.delivery_id = old.id
        ), gone as (
            delete from ledger.webhook_deliveries d using old where d.tenant_id = old.tenant_id and d.id = old.id returning 1
        )
        select count(*)::int from gone
        """, [now - KeptFor, ForgottenAtOnce], row => row.GetInt32(0), ct))[0];

    internal static TEnum Word<TEnum>(string text) where TEnum : struct, Enum => JsonSerializer.Deserialize<TEnum>($"\"{text}\"", LedgerJson.Options);

    private static NpgsqlParameter Json(object value) => new() { Value = JsonSerializer.Serialize(value, LedgerJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb };
}

using System.Globalization;
using System.Text.Json;
using Ledger.Application.Webhooks;
using Ledger.Decisions.Json;
using Ledger.Domain.Customers;
using Ledger.Domain.Notifications;
using Ledger.Domain.People;
using Ledger.Projections;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Application.Notifications;

/// <summary>Messages to people, and how they went.</summary>
public sealed class NotificationTable(LedgerDatabase database) : IForgets
{
    /// <summary>The publisher's place in the log, and its lease.</summary>
    internal const string Name = "notifications";

    /// <summary>How long a killed worker keeps a message from others at most: longer than an attempt may take.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(45);

    private static readonly Duration KeptFor = Duration.FromDays(400);

    private const int ForgottenAtOnce = 2000;

    private const string Columns = """
        number, id, type, channel, customer_id, user_id, facts::text, occurred_at, status, reason, attempts,
        case when status = 'pending' then due_at end, created_at, ended_at
        """;

    /// <summary>There may be something to send.</summary>
    public LogSignal Due { get; } = new();

    /// <summary>The last months whose cards were looked at, by tenants.</summary>
    internal async Task<Dictionary<string, int>> Months(CancellationToken ct) => (await database.QueryAsWorker(
        "select tenant_id, month from ledger.notification_months", [], row => (row.GetString(0), row.GetInt32(1)), ct)).ToDictionary(one => one.Item1, one => one.Item2);

    /// <summary>Moves the publisher on with what follows from a stretch of the log. Returns false when somebody else has.</summary>
    internal async Task<bool> Publish(
        long from, long to, long epoch, IReadOnlyCollection<NewNotification> messages, IEnumerable<LookedMonth> months, IEnumerable<MovedClock> clocks, CancellationToken ct)
    {
        var isDone = (await database.QueryAsWorker(
            "select ledger.publish_notifications($1, $2, $3, $4, $5, $6, $7)", [from, to, Name, epoch, Json(messages), Json(months), Json(clocks)],
            row => row.GetBoolean(0), ct))[0];
        Due.Raise();
        return isDone;
    }

    internal Task<List<TakenNotification>> Take(int limit, CancellationToken ct) => database.QueryAsWorker(
        "select * from ledger.take_notifications($1, $2)", [limit, Lease], row => new TakenNotification(
            row.GetString(0), row.GetGuid(1), Word<NotificationType>(row.GetString(2)), Word<NotificationChannel>(row.GetString(3)), row.GetGuid(4),
            row.IsDBNull(5) ? null : new CustomerId(row.GetGuid(5)), row.IsDBNull(6) ? null : new UserId(row.GetGuid(6)), Facts(row.GetString(7)), row.GetInt32(8),
            row.GetBoolean(9), row.GetInstant(10), row.GetInstant(11)), ct);

    internal async Task End(IReadOnlyCollection<EndedNotification> ended, CancellationToken ct)
    {
        await database.RunAsWorker("select ledger.end_notifications($1)", [Json(ended)], ct);
        Due.Raise();
    }

    /// <summary>What a tenant's people were written, newest first.</summary>
    /// <param name="customer">Only theirs; null for everybody's.</param>
    /// <param name="type">As on the wire; null for any.</param>
    /// <param name="status">As on the wire; null for any.</param>
    public async Task<PageOf<MessageLine>> List(
        string tenant, Guid? customer, string? type, string? channel, string? status, Instant? from, Instant? until, PageWanted page, CancellationToken ct)
    {
        var rows = await database.QueryAsTenant(tenant, $"""
            select {Columns} from ledger.notifications
            where tenant_id = $1 and ($2 = 0 or number < $2) and ($3 = '' or customer_id = nullif($3, '')::uuid) and ($4 = '' or type = $4)
              and ($5 = '' or channel = $5) and ($6 = '' or status = $6)
              and ($7 is null or occurred_at >= $7) and ($8 is null or occurred_at < $8)
            order by number desc limit $9 offset $10
            """,
            [
                tenant, page.After ?? 0, customer?.ToString() ?? "", type ?? "", channel ?? "", status ?? "", OrNull.Of(from), OrNull.Of(until),
                page.Limit + 1, page.Offset,
            ], Read, ct);
        var hasMore = rows.Count > page.Limit;
        if (hasMore) rows.RemoveAt(rows.Count - 1);
        return new(rows, hasMore, hasMore ? rows[^1].Number.ToString(CultureInfo.InvariantCulture) : null, null);
    }

    /// <summary>Lets go of some messages that ended 400 days ago or earlier. Returns how many there were.</summary>
    public async Task<int> Forget(Instant now, CancellationToken ct) => (await database.QueryAsWorker("""
        with old as (
            select tenant_id, id from ledger.notifications where ended_at < $1 order by ended_at limit $2 for update skip locked
        ), gone as (
            delete from ledger.notifications n using old where n.tenant_id = old.tenant_id and n.id = old.id returning 1
        )
        select count(*)::int from gone
        """, [now - KeptFor, ForgottenAtOnce], row => row.GetInt32(0), ct))[0];

    private static MessageLine Read(NpgsqlDataReader row) => new(
        row.GetInt64(0), row.GetGuid(1), Word<NotificationType>(row.GetString(2)), Word<NotificationChannel>(row.GetString(3)),
        row.IsDBNull(4) ? null : row.GetGuid(4), row.IsDBNull(5) ? null : row.GetGuid(5), Facts(row.GetString(6)), row.GetInstant(7),
        Word<MessageStatus>(row.GetString(8)), row.GetStringOrNull(9), row.GetInt32(10), row.GetInstantOrNull(11), row.GetInstant(12), row.GetInstantOrNull(13));

    private static NotificationFacts Facts(string json) => JsonSerializer.Deserialize<NotificationFacts>(json, LedgerJson.Options)!;

    private static TEnum Word<TEnum>(string text) where TEnum : struct, Enum => WebhookTable.Word<TEnum>(text);

    private static NpgsqlParameter Json(object value) => new() { Value = JsonSerializer.Serialize(value, LedgerJson.Options), NpgsqlDbType = NpgsqlDbType.Jsonb };
}

using System.Diagnostics;
using Ledger.Domain.Webhooks;

namespace Ledger.Application.Webhooks;

/// <summary>Tells an endpoint again what it was told, or would have been, between two positions.</summary>
/// <remarks>What is kept of it is delivered under its number; what is kept no more is taken from the log, and gets the next numbers.</remarks>
public sealed class WebhookReplays(LedgerDatabase database, EventFeed feed, PublicLog log, WebhookTable table)
{
    private const int PageMax = 500;
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private long? lookedAt;

    /// <param name="after">The position before the first that is told.</param>
    /// <param name="until">The last that is told.</param>
    public Task Request(string tenant, Guid id, Guid endpoint, long after, long until, CancellationToken ct) => database.RunAsWorker("""
        insert into ledger.webhook_replays (tenant_id, id, endpoint_id, reached, until) values ($1, $2, $3, $4, $5) on conflict do nothing
        """, [tenant, id, endpoint, after, until], ct);

    /// <summary>Delivers one again; one that waits for its next attempt has it now.</summary>
    public async Task Again(string tenant, Guid endpoint, DeliveryLine one, CancellationToken ct)
    {
        _ = await table.Add(
            [new(tenant, one.Id, endpoint, one.EventId, one.Type, one.Position, one.SubjectId, one.OccurredAt, "")], again: true, ct);
        await table.Hasten(tenant, endpoint, one.SubjectId, ct);
    }

    /// <summary>Sends something of which nothing has happened: whether the endpoint is there is to be seen.</summary>
    /// <returns>The delivery.</returns>
    public async Task<Guid> Ping(string tenant, WebhookEndpoint.Known endpoint, Guid id, Instant at, CancellationToken ct)
    {
        var ping = NewDelivery.Ping(new(tenant, endpoint.Id.Value, endpoint.Status, endpoint.Settings), id, at);
        _ = await table.Add([ping], again: false, ct);
        await table.Wake(tenant, endpoint.Id.Value, ct);   // Its endpoint may be of the last instant.
        return ping.Id;
    }

    /// <summary>Goes on with the one that has waited longest. Returns whether there may be more. One process at a time does this.</summary>
    internal async Task<bool> Step(CancellationToken ct)
    {
        if (lookedAt is { } last && Stopwatch.GetElapsedTime(last) < LookEvery) return false;
        var waiting = await database.QueryAsWorker("select tenant_id, id, endpoint_id, reached, until from ledger.webhook_replays order by id limit 1", [],
            row => (Tenant: row.GetString(0), Id: row.GetGuid(1), Endpoint: row.GetGuid(2), Reached: row.GetInt64(3), Until: row.GetInt64(4)), ct);
        if (waiting is not [var one])
        {
            lookedAt = Stopwatch.GetTimestamp();
            return false;
        }

        var page = await feed.AfterForTenant(one.Tenant, one.Reached, log.Types, PageMax, ct);
        var target = (await table.Targets(one.Tenant, ct)).Find(target => target.Id == one.Endpoint && target.IsTold);
        if (target is not null)
        {
            var told = await log.Of([.. page.Where(happened => happened.Position <= one.Until)], ct);
            _ = await table.Add([.. told.Where(each => target.Settings.Wants(each.Public.Name)).Select(each => NewDelivery.Of(target, each)).OfType<NewDelivery>()], again: true, ct);
        }

        var reached = page.Count < PageMax ? long.MaxValue : page[^1].Position;
        _ = target is null || reached >= one.Until
            ? await database.RunAsWorker("delete from ledger.webhook_replays where tenant_id = $1 and id = $2", [one.Tenant, one.Id], ct)
            : await database.RunAsWorker("update ledger.webhook_replays set reached = $3 where tenant_id = $1 and id = $2", [one.Tenant, one.Id, reached], ct);
        return true;
    }
}

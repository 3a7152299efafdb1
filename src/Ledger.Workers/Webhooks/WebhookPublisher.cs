using Ledger.Application.Webhooks;
using Ledger.Domain.Webhooks;
using Ledger.Workers.Following;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Webhooks;

/// <summary>Reads the log, and takes up for every endpoint what it is to be told: with the place in the log in one transaction.</summary>
/// <remarks>Endpoints are events too, so each is told exactly what happened after it was registered and before it was removed.</remarks>
public sealed class WebhookPublisher(
    LedgerDatabase database, EventFeed feed, EventTypes types, PublicLog log, WebhookTable table, WebhookReplays replays, ProcessSignals signals,
    ILogger<WebhookPublisher> logger) : LogFollower(database, signals, WebhookTable.Name, "The taking up of webhooks", logger)
{
    private const int StretchMax = 5000, SaveAfter = 1000;
    private readonly WebhookSources sources = WebhookSources.Of(types, log);
    private readonly Dictionary<string, Dictionary<Guid, WebhookTarget>> targets = [];
    private long saved, reached;

    protected override async Task Begin(CancellationToken ct)
    {
        targets.Clear();
        foreach (var target in await table.Targets(null, ct)) Of(target.Tenant)[target.Id] = target;
        saved = reached = await Place(ct);
    }

    protected override async Task<bool> Step(long epoch, CancellationToken ct) => await Read(epoch, ct) | await replays.Step(ct);

    private async Task<bool> Read(long epoch, CancellationToken ct)
    {
        var head = await feed.Head(ct);
        if (head <= reached) return false;
        var to = Math.Min(head, reached + StretchMax);
        var page = await feed.Among(reached, to, sources.Endpoints, sources.Told, [.. targets.Keys], ct);

        // What a tenant's first endpoint is told was not asked for: it is read again with the tenant.
        var first = page.Where(one => one.Event is WebhookEndpointRegistered && !targets.ContainsKey(one.Tenant)).Select(one => one.Tenant).Distinct().ToList();
        if (first.Count > 0) page = await feed.Among(reached, to, sources.Endpoints, sources.Told, [.. targets.Keys, .. first], ct);
        await Publish(page, to, epoch, ct);
        return to < head;
    }

    private async Task Publish(List<StoredEvent> page, long to, long epoch, CancellationToken ct)
    {
        var told = (await log.Of([.. page.Where(one => one.Event is not (WebhookEndpointEvent or ClockMoved))], ct)).ToLookup(one => one.Stored.Position);
        var histories = await feed.Histories([.. page.Where(one => one.Event is WebhookEndpointEvent).Select(one => (one.Tenant, one.Stream.Id)).Distinct()], ct);
        var (deliveries, endpoints) = (new List<NewDelivery>(), new Dictionary<(string, Guid), WebhookEndpointRow>());
        foreach (var happened in page)
        {
            if (happened.Event is WebhookEndpointEvent)
            {
                var history = histories[(happened.Tenant, happened.Stream.Id)].Take((int)happened.Version).Cast<WebhookEndpointEvent>();
                var known = (WebhookEndpoint.Known)history.Aggregate(WebhookEndpoint.Initial, WebhookEndpoint.Evolve);
                var row = endpoints[(happened.Tenant, known.Id.Value)] = WebhookEndpointRow.Of(happened.Tenant, known, happened.Version);
                if (known.IsRemoved) _ = Of(happened.Tenant).Remove(known.Id.Value);
                else Of(happened.Tenant)[known.Id.Value] = row.Target;
            }

            foreach (var one in told[happened.Position])
                deliveries.AddRange(Of(happened.Tenant).Values.Where(target => target.IsTold && target.Settings.Wants(one.Public.Name)).Select(target => NewDelivery.Of(target, one)).OfType<NewDelivery>());
        }

        var clocks = page.Where(one => one.Event is ClockMoved).Select(one => new MovedClock(one.Tenant, ((ClockMoved)one.Event).To)).ToList();
        reached = to;
        if (page.Count == 0 && reached - saved < SaveAfter) return;
        if (await table.Publish(saved, reached, epoch, deliveries, endpoints.Values, clocks, ct)) saved = reached;
        else Forget();
    }

    private Dictionary<Guid, WebhookTarget> Of(string tenant)
    {
        if (!targets.TryGetValue(tenant, out var own)) targets[tenant] = own = [];
        return own;
    }
}

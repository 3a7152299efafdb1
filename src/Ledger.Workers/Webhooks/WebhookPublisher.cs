using Ledger.Domain.Webhooks;
using Ledger.EventStore.Leases;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Workers.Webhooks;

/// <summary>Reads the log, and takes up for every endpoint what it is to be told: with the place in the log in one transaction.</summary>
/// <remarks>
/// Endpoints are events too, so each is told exactly what happened after it was registered and before it was removed. An event
/// that this version cannot read is waited for: a newer version is let to the front.
/// </remarks>
public sealed partial class WebhookPublisher(
    LedgerDatabase database, EventFeed feed, EventTypes types, PublicLog log, WebhookTable table, WebhookReplays replays, ProcessSignals signals,
    ILogger<WebhookPublisher> logger)
{
    private const int StretchMax = 5000, SaveAfter = 1000;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500), Pace = TimeSpan.FromMilliseconds(10), LetOthers = TimeSpan.FromSeconds(5);
    private readonly string[] endpointTypes = [.. types.Names.Where(name => typeof(WebhookEndpointEvent).IsAssignableFrom(types.Find(name).Type))];
    private readonly string[] toldTypes = [.. log.Types, types.NameFor(typeof(ClockMoved))];
    private readonly Dictionary<string, Dictionary<Guid, WebhookTarget>> targets = [];
    private long knownAt = -1, saved, reached;

    /// <summary>Runs until stopped; what fails in passing is tried again.</summary>
    public async Task Run(CancellationToken ct)
    {
        var lease = new Lease(database, WebhookTable.Name);
        while (!ct.IsCancellationRequested)
        {
            var next = signals.Log.Next;
            var wait = Idle;
            try
            {
                if (await lease.Hold(ct) is { } epoch && (await Step(epoch, ct) | await replays.Step(ct))) continue;
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // The boundary of the publisher: what failed is said, and tried again from what the database says.
            catch (Exception e)
            {
                if (e is NpgsqlException or IOException or TimeoutException) LogRetry(logger, e.Message);
                else LogStopped(logger, e);
                knownAt = -1;
                wait = e is UnreadableInLogException ? LetOthers : Idle;
                if (e is UnreadableInLogException) await LetGo(lease);
            }
#pragma warning restore CA1031

            try
            {
                await Task.Delay(Pace, ct);   // What comes in small turns is read in larger stretches.
                await LogSignal.Wait(next, wait, ct);
            }
            catch (OperationCanceledException) { break; }
        }

        await LetGo(lease);
    }

    /// <summary>Whether all that a tenant's endpoints are to be told by now was taken up, and tried where it is due.</summary>
    public Task<bool> IsQuiet(string tenant, CancellationToken ct) => table.IsQuiet(tenant, endpointTypes, toldTypes, ct);

    private async Task LetGo(Lease lease)
    {
        try { await lease.Release(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or IOException) { LogRetry(logger, e.Message); }
    }

    /// <summary>Reads a stretch. Returns whether there may be more.</summary>
    private async Task<bool> Step(long epoch, CancellationToken ct)
    {
        if (knownAt != epoch) await Begin(epoch, ct);
        var head = await feed.Head(ct);
        if (head <= reached) return false;
        var to = Math.Min(head, reached + StretchMax);
        var page = await feed.Among(reached, to, endpointTypes, toldTypes, [.. targets.Keys], ct);

        // What a tenant's first endpoint is told was not asked for: it is read again with the tenant.
        var first = page.Where(one => one.Event is WebhookEndpointRegistered && !targets.ContainsKey(one.Tenant)).Select(one => one.Tenant).Distinct().ToList();
        if (first.Count > 0) page = await feed.Among(reached, to, endpointTypes, toldTypes, [.. targets.Keys, .. first], ct);
        await Publish(page, to, epoch, ct);
        return to < head;
    }

    private async Task Begin(long epoch, CancellationToken ct)
    {
        targets.Clear();
        foreach (var target in await table.Targets(null, ct)) Of(target.Tenant)[target.Id] = target;
        saved = reached = await table.Place(ct);
        knownAt = epoch;
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
        else knownAt = -1;
    }

    private Dictionary<Guid, WebhookTarget> Of(string tenant)
    {
        if (!targets.TryGetValue(tenant, out var own)) targets[tenant] = own = [];
        return own;
    }

    [LoggerMessage(1, LogLevel.Warning, "Webhooks could not be taken up and will be again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "Webhooks cannot be taken up. What is to be told waits; correct it and start again.")]
    private static partial void LogStopped(ILogger log, Exception reason);
}

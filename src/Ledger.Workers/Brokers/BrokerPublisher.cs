using System.Text;
using Ledger.Application.Brokers;
using Ledger.Application.Webhooks;
using Ledger.Gateways.Brokers;
using Ledger.Workers.Following;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Workers.Brokers;

/// <summary>Hands the feed of all tenants on to a broker, in its order: each event at least once, those of a subject never out of order.</summary>
/// <remarks>
/// One process does, under a lease. The place in the log moves when the broker has confirmed all up to it, so what ends in between
/// is sent again. A broker that is away keeps nobody else waiting, and another process may try to reach it.
/// </remarks>
public sealed partial class BrokerPublisher(
    LedgerDatabase database, EventFeed feed, PublicLog log, BrokerPlace place, ProcessSignals signals, ILogger<BrokerPublisher> logger, IEventBroker? broker = null)
    : LogFollower(database, signals, BrokerPlace.Name, "The handing on of the feed", logger)
{
    private const int StretchMax = 1000, SaveAfter = 1000;
    private static readonly TimeSpan WaitLeast = TimeSpan.FromMilliseconds(500), WaitMost = TimeSpan.FromSeconds(5);
    private long saved, reached;
    private TimeSpan wait = WaitLeast;

    protected override async Task Begin(CancellationToken ct) => saved = reached = await place.Read(ct);

    protected override (TimeSpan Wait, bool IsLeft) Failed(Exception e)
    {
        var now = wait;
        wait = wait * 2 < WaitMost ? wait * 2 : WaitMost;
        if (e is not BrokerAwayException)
        {
            place.Fault = e is NpgsqlException or IOException or TimeoutException ? place.Fault : e is UnreadableInLogException ? e.Message : "See the log of the server.";
            _ = base.Failed(e);
        }
        else
        {
            if (place.Fault is null) LogAway(logger, e.Message);
            place.Fault = e.Message;
        }

        return (now, true);
    }

    /// <summary>Hands on a stretch. Returns whether there may be more at once.</summary>
    protected override async Task<bool> Step(long epoch, CancellationToken ct)
    {
        var head = await feed.Head(ct);
        if (head <= reached) return false;
        var end = Math.Min(head, reached + StretchMax);
        var waves = BrokerWaves.Of(Messages(await log.Of(await feed.Among(reached, end, log.Types, [], [], ct), ct))).ToList();
        foreach (var wave in waves)
        {
            await broker!.Publish(wave, ct);
            if (place.Fault is not null) LogBack(logger, broker.Place);
            (place.Fault, wait) = (null, WaitLeast);
            if (await Lease.Hold(ct) == epoch) continue;
            Forget();
            return false;
        }

        reached = end;
        if (waves.Count > 0 || reached - saved >= SaveAfter) await Save(epoch, ct);
        return end < head;
    }

    private async Task Save(long epoch, CancellationToken ct)
    {
        if (await place.Move(saved, reached, epoch, ct)) saved = reached;
        else
        {
            Forget();
            Lease.Doubt();
        }
    }

    private static IEnumerable<BrokerMessage> Messages(IEnumerable<ToldEvent> told) => told.GroupBy(one => one.Stored.Position).SelectMany(same => same.Select((one, i) => new BrokerMessage(
        one.Id, one.Stored.Tenant, one.Public.Name, one.Public.SubjectId, one.Stored.Position, i + 1, one.At, Encoding.UTF8.GetBytes(ToldEvent.Json(one.Envelope(null))))));

    [LoggerMessage(3, LogLevel.Error, "The feed cannot be handed on and waits: {Reason}. It is tried again.")]
    private static partial void LogAway(ILogger log, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The feed is handed on to {Place} again.")]
    private static partial void LogBack(ILogger log, string place);
}

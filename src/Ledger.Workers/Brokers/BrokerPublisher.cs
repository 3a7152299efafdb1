using System.Text;
using Ledger.EventStore.Leases;
using Ledger.Gateways.Brokers;
using Ledger.Workers.Webhooks;
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
{
    private const int StretchMax = 1000, SaveAfter = 1000;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500), Pace = TimeSpan.FromMilliseconds(10), WaitMost = TimeSpan.FromSeconds(5);
    private long knownAt = -1, saved, reached;

    /// <summary>Whether there is a broker to hand on to.</summary>
    public bool IsOn => broker is not null;

    /// <summary>Why this process could not hand on when it last tried; null where it could, or has not tried.</summary>
    public string? Fault { get; private set; }

    /// <summary>Runs until stopped; what fails is tried again, after longer and longer waits.</summary>
    public async Task Run(CancellationToken ct)
    {
        if (broker is null) return;
        var (lease, wait) = (new Lease(database, BrokerPlace.Name), Idle);
        while (!ct.IsCancellationRequested)
        {
            var next = signals.Log.Next;
            try
            {
                if (await lease.Hold(ct) is { } epoch && await Step(broker, lease, epoch, ct)) continue;
                wait = Idle;
                await Task.Delay(Pace, ct);   // What comes in small turns is read in larger stretches.
                await LogSignal.Wait(next, Idle, ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested) { break; }
#pragma warning disable CA1031 // The boundary of the publisher: what failed is said, and tried again from what the database says.
            catch (Exception e)
            {
                Say(e);
                knownAt = -1;
                await LetGo(lease);
                try { await Task.Delay(wait, ct); }
                catch (OperationCanceledException) { break; }
                wait = wait * 2 < WaitMost ? wait * 2 : WaitMost;
            }
#pragma warning restore CA1031
        }

        await LetGo(lease);
    }

    private void Say(Exception e)
    {
        if (e is NpgsqlException or IOException or TimeoutException)
        {
            LogRetry(logger, e.Message);
            return;
        }

        if (e is BrokerAwayException && Fault is null) LogAway(logger, e.Message);
        else if (e is not BrokerAwayException) LogStopped(logger, e);
        Fault = e is BrokerAwayException or UnreadableInLogException ? e.Message : "See the log of the server.";
    }

    private async Task LetGo(Lease lease)
    {
        try { await lease.Release(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or IOException) { LogRetry(logger, e.Message); }
    }

    /// <summary>Hands on a stretch. Returns whether there may be more at once.</summary>
    private async Task<bool> Step(IEventBroker to, Lease lease, long epoch, CancellationToken ct)
    {
        if (knownAt != epoch) (saved, knownAt) = (reached = await place.Read(ct), epoch);
        var head = await feed.Head(ct);
        if (head <= reached) return false;
        var end = Math.Min(head, reached + StretchMax);
        var waves = BrokerWaves.Of(Messages(await log.Of(await feed.Among(reached, end, log.Types, [], [], ct), ct))).ToList();
        foreach (var wave in waves)
        {
            await to.Publish(wave, ct);
            if (Fault is not null) LogBack(logger, to.Place);
            Fault = null;
            if (await lease.Hold(ct) == epoch) continue;
            knownAt = -1;
            return false;
        }

        reached = end;
        if (waves.Count > 0 || reached - saved >= SaveAfter) await Save(lease, epoch, ct);
        return end < head;
    }

    private async Task Save(Lease lease, long epoch, CancellationToken ct)
    {
        if (await place.Move(saved, reached, epoch, ct)) saved = reached;
        else
        {
            knownAt = -1;
            lease.Doubt();
        }
    }

    private static IEnumerable<BrokerMessage> Messages(IEnumerable<ToldEvent> told) => told.GroupBy(one => one.Stored.Position).SelectMany(same => same.Select((one, i) => new BrokerMessage(
        one.Id, one.Stored.Tenant, one.Public.Name, one.Public.SubjectId, one.Stored.Position, i + 1, one.At, Encoding.UTF8.GetBytes(ToldEvent.Json(one.Envelope(null))))));

    [LoggerMessage(1, LogLevel.Warning, "The feed could not be handed on and will be again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "The feed cannot be handed on and waits: {Reason}. It is tried again.")]
    private static partial void LogAway(ILogger log, string reason);

    [LoggerMessage(3, LogLevel.Warning, "The feed is handed on to {Place} again.")]
    private static partial void LogBack(ILogger log, string place);

    [LoggerMessage(4, LogLevel.Error, "The feed cannot be handed on. It waits; correct it and start again.")]
    private static partial void LogStopped(ILogger log, Exception reason);
}

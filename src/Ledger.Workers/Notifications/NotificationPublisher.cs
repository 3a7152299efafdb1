using Ledger.Domain.Notifications;
using Ledger.EventStore.Leases;
using Ledger.Workers.Webhooks;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Ledger.Workers.Notifications;

/// <summary>Reads the log, and takes up what people are to be written: with the place in the log in one transaction, so once.</summary>
public sealed partial class NotificationPublisher(
    LedgerDatabase database, EventFeed feed, EventTypes types, NotificationAudience audience, CardLook cards, NotificationTable table, ProcessSignals signals,
    ILogger<NotificationPublisher> logger)
{
    private const int StretchMax = 5000, SaveAfter = 1000;
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500), Pace = TimeSpan.FromMilliseconds(10), LetOthers = TimeSpan.FromSeconds(5);
    private readonly string[] read = [.. types.Names.Where(name => types.Find(name).Type is var type && (Notifying.Types.Contains(type) || type == typeof(ClockMoved)))];
    private long knownAt = -1, saved, reached;

    /// <summary>Runs until stopped; what fails in passing is tried again.</summary>
    public async Task Run(CancellationToken ct)
    {
        var lease = new Lease(database, NotificationTable.Name);
        while (!ct.IsCancellationRequested)
        {
            var next = signals.Log.Next;
            var wait = Idle;
            try
            {
                if (await lease.Hold(ct) is { } epoch && await Step(epoch, ct)) continue;
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

    private async Task LetGo(Lease lease)
    {
        try { await lease.Release(CancellationToken.None); }
        catch (Exception e) when (e is NpgsqlException or IOException) { LogRetry(logger, e.Message); }
    }

    /// <summary>Reads a stretch. Returns whether there may be more.</summary>
    private async Task<bool> Step(long epoch, CancellationToken ct)
    {
        if (knownAt != epoch)
        {
            saved = reached = await table.Place(ct);
            await cards.Begin(ct);
            knownAt = epoch;
        }

        var head = await feed.Head(ct);
        var to = Math.Min(head, reached + StretchMax);
        var page = to > reached ? await feed.Among(reached, to, read, [], [], ct) : [];
        if (page.Find(one => one.Event is UnreadableEvent) is { } unreadable) throw new UnreadableInLogException(unreadable);

        var messages = await audience.Of(page, ct);
        var clocks = page.Where(one => one.Event is ClockMoved).Select(one => new MovedClock(one.Tenant, ((ClockMoved)one.Event).To)).ToList();
        var (expiring, months) = await cards.Look(clocks, to, ct);
        messages.AddRange(expiring);
        reached = to;
        if (messages.Count + clocks.Count + months.Count > 0 || reached - saved >= SaveAfter)
        {
            if (await table.Publish(saved, reached, epoch, messages, months, clocks, ct))
            {
                saved = reached;
                cards.Done(months);
            }
            else knownAt = -1;
        }

        return to < head;
    }

    [LoggerMessage(1, LogLevel.Warning, "Messages to people could not be taken up and will be again: {Reason}")]
    private static partial void LogRetry(ILogger log, string reason);

    [LoggerMessage(2, LogLevel.Error, "Messages to people cannot be taken up. What is to be sent waits; correct it and start again.")]
    private static partial void LogStopped(ILogger log, Exception reason);
}

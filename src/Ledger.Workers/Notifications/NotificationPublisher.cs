using Ledger.Application.Notifications;
using Ledger.Application.Webhooks;
using Ledger.Domain.Notifications;
using Ledger.Workers.Following;
using Microsoft.Extensions.Logging;

namespace Ledger.Workers.Notifications;

/// <summary>Reads the log, and takes up what people are to be written: with the place in the log in one transaction, so once.</summary>
public sealed class NotificationPublisher(
    LedgerDatabase database, EventFeed feed, EventTypes types, NotificationAudience audience, CardLook cards, NotificationTable table, ProcessSignals signals,
    ILogger<NotificationPublisher> logger) : LogFollower(database, signals, NotificationTable.Name, "The taking up of messages to people", logger)
{
    private const int StretchMax = 5000, SaveAfter = 1000;
    private readonly string[] read = [.. types.Names.Where(name => types.Find(name).Type is var type && (Notifying.Types.Contains(type) || type == typeof(ClockMoved)))];
    private long saved, reached;

    protected override async Task Begin(CancellationToken ct)
    {
        saved = reached = await Place(ct);
        await cards.Begin(ct);
    }

    protected override async Task<bool> Step(long epoch, CancellationToken ct)
    {
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
            else Forget();
        }

        return to < head;
    }
}

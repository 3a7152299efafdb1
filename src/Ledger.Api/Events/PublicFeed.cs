using Ledger.Application.Webhooks;
using Ledger.Domain.Customers;
using Ledger.Domain.PublicEvents;
using Ledger.EventStore.Feed;

namespace Ledger.Api.Events;

/// <summary>A tenant's public events in the order of the log, from a position on.</summary>
internal sealed class PublicFeed(EventFeed feed, PublicLog log, ProcessSignals signals)
{
    private static readonly TimeSpan Idle = TimeSpan.FromMilliseconds(500), Pace = TimeSpan.FromMilliseconds(50);

    /// <param name="limit">Events of the log to look at, at most.</param>
    public async Task<FeedPage> Read(FeedWanted wanted, long after, int limit, CancellationToken ct)
    {
        var head = await feed.Head(ct);   // Looked at first: what is not in the page up to here is not there.
        if (head <= after) return new([], after, HasMore: false);
        var page = await feed.AfterForTenant(wanted.Tenant, after, log.Types, limit, ct);
        var told = (await log.Of(page, ct)).Where(wanted.Has).ToList();
        var position = page.Count < limit ? Math.Max(head, page.Count == 0 ? 0 : page[^1].Position) : page[^1].Position;
        return new([.. told.Select(one => one.Envelope(null))], position, HasMore: page.Count == limit);
    }

    /// <summary>The same, but waits until there is something, or the time is up.</summary>
    public async Task<FeedPage> Wait(FeedWanted wanted, long after, int limit, TimeSpan most, CancellationToken ct)
    {
        var waited = System.Diagnostics.Stopwatch.StartNew();
        while (true)
        {
            var next = signals.Log.Next;
            var page = await Read(wanted, after, limit, ct);
            if (page.Data.Count > 0 || (!page.HasMore && waited.Elapsed >= most)) return page;
            after = page.Position;
            if (page.HasMore) continue;
            await Task.Delay(Pace, ct);
            await LogSignal.Wait(next, Idle, ct);
        }
    }
}

/// <param name="Types">Public names; null for all.</param>
/// <param name="Customer">Only what is theirs; null for all of the tenant's.</param>
internal sealed record FeedWanted(string Tenant, IReadOnlySet<string>? Types, CustomerId? Customer)
{
    public bool Has(ToldEvent told) =>
        (Types is null || Types.Contains(told.Public.Name)) && (Customer is null || told.Public.CustomerId == Customer);
}

/// <summary>A stretch of the feed, oldest first.</summary>
/// <param name="Position">For <c>after</c>: all up to here was looked at, also where nothing of it is here.</param>
/// <param name="HasMore">Whether there is more to be read at once.</param>
public sealed record FeedPage(IReadOnlyList<PublicEnvelope> Data, long Position, bool HasMore);

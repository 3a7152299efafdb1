using Ledger.EventStore.Audit;

namespace Ledger.Api.Audit;

/// <param name="Next">Where the next page begins; null when this is the last.</param>
internal sealed record TrailPage(IReadOnlyList<AuditEntry> Entries, TrailCursor? Next);

/// <summary>Reads the trail: what is in the log and what is beside it, as one list by time, newest first.</summary>
/// <remarks>
/// Each of the two is read by itself and has its own place in the cursor. Where one of them could not be looked through to the
/// end of the page, the page ends there, with fewer entries than were asked for, and the next one goes on.
/// </remarks>
internal sealed class TrailReader(EventSearch events, AuditedEvents rows, AccessSearch access, StateChanges changes)
{
    public async Task<TrailPage> Page(string tenant, TrailFilter filter, TrailCursor from, int limit, bool withDetails, CancellationToken ct)
    {
        var places = filter.Events is { } wanted
            ? await events.Find(tenant, wanted with { Before = Nearer(wanted.Before, from.Events) }, limit + 1, ct) : new([], null);
        var looks = filter.Access is { } asked
            ? await access.Find(tenant, asked with { Before = Nearer(asked.Before, from.Access) }, limit + 1, ct) : new([], null);
        var happened = await rows.At(tenant, places.Rows.Select(place => place.Position), ct);

        var seen = await SeenTo(tenant, places.CutAt, looks.CutAt, ct);
        var all = happened.Select(one => new Item(one.RecordedAt, one, null)).Concat(looks.Rows.Select(one => new Item(one.At, null, one)))
            .OrderByDescending(item => item.At).ToList();
        var page = all.Where(item => seen is null || item.At >= seen).Take(limit).ToList();

        var next = Next(from, page, places, looks, page.Count(item => item.Event is not null) == happened.Count, page.Count(item => item.Access is not null) == looks.Rows.Count);
        var hasMore = page.Count < all.Count || places.CutAt is not null || looks.CutAt is not null;
        var told = withDetails ? await changes.Of(tenant, [.. page.Select(item => item.Event).OfType<AuditedEvent>()], however: false, ct) : null;
        return new([.. page.Select(item => item.Event is { } one ? AuditEntry.Of(one, told?.GetValueOrDefault(one.Position)) : AuditEntry.Of(item.Access!))], hasMore ? next : null);
    }

    /// <summary>The entry with this id, an event's or a record of access; null when the tenant has none.</summary>
    public async Task<AuditEntry?> Find(string tenant, Guid id, EventById byId, CancellationToken ct)
    {
        if (await access.Find(tenant, id, ct) is { } record) return AuditEntry.Of(record);
        if (await byId.Find(tenant, id, ct) is not { } position || await rows.At(tenant, [position], ct) is not [var happened]) return null;
        return AuditEntry.Of(happened, (await changes.Of(tenant, [happened], however: true, ct)).GetValueOrDefault(position));
    }

    /// <summary>Everything from this moment on has been looked at; null for everything there is.</summary>
    private async Task<Instant?> SeenTo(string tenant, EventPlace? events, Guid? access, CancellationToken ct)
    {
        var first = events is { } place ? await rows.RecordedAt(tenant, place.Position, ct) : null;
        var second = access is { } id ? TimedId.MadeAt(id) : (Instant?)null;
        return first is { } one && second is { } other ? Instant.Max(one, other) : first ?? second;
    }

    private static TrailCursor Next(
        TrailCursor from, List<Item> page, Search<EventPlace, EventPlace> places, Search<AccessRecord, Guid> looks, bool allEvents, bool allAccess)
    {
        var lastEvent = page.LastOrDefault(item => item.Event is not null)?.Event;
        var lastAccess = page.LastOrDefault(item => item.Access is not null)?.Access;
        return new(
            allEvents && places.CutAt is { } place ? place : lastEvent is null ? from.Events : new(lastEvent.Position, lastEvent.Version),
            allAccess && looks.CutAt is { } id ? id : lastAccess?.Id ?? from.Access);
    }

    private static EventPlace Nearer(EventPlace one, EventPlace other) => new(Math.Min(one.Position, other.Position), Math.Min(one.Version, other.Version));

    private static Guid Nearer(Guid one, Guid other) => one.CompareTo(other) < 0 ? one : other;

    private sealed record Item(Instant At, AuditedEvent? Event, AccessRecord? Access);
}

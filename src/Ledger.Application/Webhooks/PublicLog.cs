using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.Domain.PublicEvents;

namespace Ledger.Application.Webhooks;

/// <summary>The log as others are told of it.</summary>
public sealed class PublicLog
{
    private readonly EventFeed feed;

    public PublicLog(EventFeed feed, EventTypes types)
    {
        this.feed = feed;
        Types = [.. types.Names.Where(name => Publishing.Types.Contains(types.Find(name).Type))];
    }

    /// <summary>The stored names of what others may be told of.</summary>
    public string[] Types { get; }

    /// <summary>What is told of these events, in their order.</summary>
    /// <exception cref="UnreadableInLogException">One of them cannot be read.</exception>
    public async Task<List<ToldEvent>> Of(IReadOnlyCollection<StoredEvent> events, CancellationToken ct)
    {
        if (events.FirstOrDefault(one => one.Event is UnreadableEvent) is { } unreadable) throw new UnreadableInLogException(unreadable);
        var histories = await feed.Histories([.. events.Where(one => !Publishing.IsWhole(one.Event)).Select(one => (one.Tenant, one.Stream.Id)).Distinct()], ct);
        return [.. events.SelectMany(one => Publishing.Of(one.Event, HistoryOf(one)).Select(told => new ToldEvent(one, told)))];

        IReadOnlyList<IEvent> HistoryOf(StoredEvent one) =>
            histories.TryGetValue((one.Tenant, one.Stream.Id), out var history) ? history.GetRange(0, (int)one.Version) : [one.Event];
    }
}

/// <summary>A public event, and what in the log it tells of.</summary>
public sealed record ToldEvent(StoredEvent Stored, PublicEvent Public)
{
    public Guid Id => PublicEvent.IdOf(Stored.Id, Public.Name);

    public Instant At => Stored.Headers.EffectiveAt;

    /// <param name="sequence">Null in the feed.</param>
    public PublicEnvelope Envelope(long? sequence) => new(
        Id, Public.Name, PublicNames.Version, At, Stored.Position, Public.SubjectId, sequence, Public.Data);

    /// <summary>The same with nothing but the id of what it happened to.</summary>
    public PublicEnvelope ThinEnvelope(long? sequence) => Envelope(sequence) with { Data = new BareThing(Public.SubjectId, Public.CustomerId?.Value) };

    public static string Json(object value) => JsonSerializer.Serialize(value, LedgerJson.Options);
}

/// <param name="Id">Of what it happened to, to be read from the API.</param>
/// <param name="CustomerId">Whose it is; absent for nobody's.</param>
public sealed record BareThing(Guid Id, Guid? CustomerId);

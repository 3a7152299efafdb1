using Ledger.EventStore.Audit;

namespace Ledger.Api.Audit;

/// <summary>What events changed, by folding their streams to just before and just after each.</summary>
internal sealed class StateChanges(StreamHistories histories)
{
    /// <summary>In a list, a stream that is longer than this is not folded.</summary>
    private const int VersionMax = 1000;

    /// <summary>By position; what cannot be told is not in it.</summary>
    /// <param name="however">Whether to fold a stream however long it is.</param>
    public async Task<IReadOnlyDictionary<long, AuditDetails>> Of(string tenant, IReadOnlyCollection<AuditedEvent> events, bool however, CancellationToken ct)
    {
        var told = new Dictionary<long, AuditDetails>();
        var streams = events.Where(one => however || one.Version <= VersionMax).ToLookup(one => one.Stream.Id);
        var read = await histories.UpTo(tenant, [.. streams.Select(stream => (stream.Key, stream.Max(one => one.Version)))], ct);
        foreach (var stream in streams)
        {
            if (StateFolds.States(read.GetValueOrDefault(stream.Key, [])) is not { } states) continue;
            foreach (var one in stream.Where(one => one.Version < states.Count))
                if (ShownState.Difference(states[(int)one.Version - 1], states[(int)one.Version]) is { } details) told[one.Position] = details;
        }

        return told;
    }
}

using System.Collections.Concurrent;

namespace Ledger.Scenarios.Races;

/// <summary>Ids of one kind, added by whoever makes one, and taken by all.</summary>
internal sealed class Things
{
    private readonly ConcurrentDictionary<int, string> ids = new();
    private readonly ConcurrentDictionary<string, bool> known = new();
    private int count;

    public void Add(string id)
    {
        if (known.TryAdd(id, true)) ids[Interlocked.Increment(ref count) - 1] = id;
    }

    /// <summary>Any of them, one of the newest rather often; an id of nothing while there is none.</summary>
    public string Any(Random random)
    {
        var all = ids.Count;
        if (all == 0) return Guid.Empty.ToString();
        var place = random.Next(2) == 0 ? random.Next(all) : Math.Max(0, all - 1 - random.Next(4));
        return ids.TryGetValue(place, out var id) ? id : Guid.Empty.ToString();
    }
}

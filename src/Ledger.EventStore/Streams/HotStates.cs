using System.Collections.Concurrent;

namespace Ledger.EventStore.Streams;

/// <summary>States of streams kept in memory, bounded. What is in here may be old: see <see cref="CommandHandler"/>.</summary>
public sealed class HotStates(int statesMax = 50_000)
{
    private readonly ConcurrentDictionary<(string Tenant, Guid Stream), Entry> states = new();
    private readonly long lookEvery = Math.Max(1, statesMax / 64);   // Counting stops everybody else.
    private long uses;

    internal bool TryGet(string tenant, StreamId stream, out object state, out long version)
    {
        if (!states.TryGetValue((tenant, stream.Id), out var entry))
        {
            (state, version) = (null!, 0);
            return false;
        }

        entry.LastUse = Interlocked.Increment(ref uses);
        (state, version) = (entry.State, entry.Version);
        return true;
    }

    /// <summary>A state of a later version than the one that somebody has, where this process has seen one.</summary>
    public bool TryGetNewer<TState>(string tenant, StreamId stream, long than, out TState state) where TState : class
    {
        var isNewer = TryGet(tenant, stream, out var found, out var version) && version > than && found is TState;
        state = isNewer ? (TState)found : null!;
        return isNewer;
    }

    /// <summary>Keeps the newer of this and what is there.</summary>
    internal void Keep(string tenant, StreamId stream, object state, long version)
    {
        var use = Interlocked.Increment(ref uses);
        _ = states.AddOrUpdate(
            (tenant, stream.Id), _ => new(state, version, use),
            (_, old) => old.Version >= version ? old : new(state, version, use));
        if (use % lookEvery == 0 && states.Count > statesMax) Shrink();
    }

    internal void Forget(string tenant, StreamId stream) => states.TryRemove((tenant, stream.Id), out _);

    /// <summary>Drops the half that has not been used for longest.</summary>
    private void Shrink()
    {
        lock (states)
        {
            if (states.Count <= statesMax) return;
            var limit = Interlocked.Read(ref uses) - statesMax / 2;
            foreach (var (key, entry) in states)
                if (entry.LastUse < limit) _ = states.TryRemove(key, out _);
        }
    }

    private sealed class Entry(object state, long version, long lastUse)
    {
        public object State => state;
        public long Version => version;
        public long LastUse { get; set; } = lastUse;
    }
}

using System.Collections.Concurrent;

namespace Ledger.EventStore;

/// <summary>What was found a moment ago, so that it need not be looked for again: so many at most, and each for a while.</summary>
/// <remarks>
/// However many ask for one thing at one moment, one of them looks. What was forgotten while somebody looked is not kept: it may be
/// what was there before.
/// </remarks>
/// <param name="most">With more, all are let go: what is still asked for is soon found again.</param>
/// <param name="age">How old an answer may be.</param>
public sealed class Kept<TKey, TValue>(int most, Duration age) where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, (TValue Value, Instant Until)> found = new();
    private readonly ConcurrentDictionary<TKey, Lazy<Task<TValue>>> sought = new();
    private long forgotten;

    /// <summary>What is kept and not too old; otherwise what <paramref name="look"/> finds, which is then kept.</summary>
    /// <param name="look">Runs on when the one who asked goes away: others may wait for it.</param>
    public async ValueTask<TValue> Get(TKey key, Instant now, Func<TKey, Task<TValue>> look, CancellationToken ct) =>
        TryGet(key, now, out var value) ? value : await LookOnce(key, now, look).WaitAsync(ct);

    /// <summary>Whether it is kept, and not too old.</summary>
    public bool TryGet(TKey key, Instant now, out TValue value)
    {
        var isKept = found.TryGetValue(key, out var entry);
        value = entry.Value;
        return isKept && entry.Until > now;
    }

    /// <summary>Whether it is kept at all, however old.</summary>
    public bool TryGetOld(TKey key, out TValue value)
    {
        var isKept = found.TryGetValue(key, out var entry);
        value = entry.Value;
        return isKept;
    }

    public void Keep(TKey key, TValue value, Instant now)
    {
        if (found.Count >= most && !found.ContainsKey(key)) found.Clear();
        found[key] = (value, now + age);
    }

    /// <summary>Has whoever asks next look again.</summary>
    public void Forget(TKey key)
    {
        _ = Interlocked.Increment(ref forgotten);
        _ = sought.TryRemove(key, out _);
        _ = found.TryRemove(key, out _);
    }

    private async Task<TValue> LookOnce(TKey key, Instant now, Func<TKey, Task<TValue>> look)
    {
        var one = sought.GetOrAdd(key, _ => new(() => LookAndKeep(key, now, look)));
        try { return await one.Value; }
        finally { _ = sought.TryRemove(KeyValuePair.Create(key, one)); }
    }

    private async Task<TValue> LookAndKeep(TKey key, Instant now, Func<TKey, Task<TValue>> look)
    {
        var before = Interlocked.Read(ref forgotten);
        var value = await look(key);
        Keep(key, value, now);
        if (Interlocked.Read(ref forgotten) != before) _ = found.TryRemove(key, out _);
        return value;
    }
}

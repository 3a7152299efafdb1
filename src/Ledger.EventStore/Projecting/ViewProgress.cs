using System.Diagnostics;
using Ledger.EventStore.Feed;

namespace Ledger.EventStore.Projecting;

/// <summary>How far the views are, for those who must not read behind their own write.</summary>
public sealed class ViewProgress(LedgerDatabase database, ProcessSignals signals)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
    private readonly Lock gate = new();
    private Task<long>? asked, following;
    private long known;

    /// <summary>Waits until every view has seen this position, or the time is up.</summary>
    /// <returns>False when the time was up first.</returns>
    public async Task<bool> WaitFor(long position, TimeSpan most, CancellationToken ct)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (Interlocked.Read(ref known) >= position) return true;
            var next = signals.Views.Next;
            Interlocked.Exchange(ref known, await Together().WaitAsync(ct));
            if (Interlocked.Read(ref known) >= position) return true;
            if (waited.Elapsed >= most) return false;
            await LogSignal.Wait(next, Poll, ct);
        }
    }

    /// <summary>The same question of many who wait is asked once; who comes while it is under way gets an answer from after that.</summary>
    private Task<long> Together()
    {
        lock (gate)
        {
            if (asked is { IsCompleted: false })
                return following ??= After(asked);
            return asked = Lowest(CancellationToken.None);
        }

        async Task<long> After(Task<long> before)
        {
            await ((Task)before).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
            lock (gate)
            {
                following = null;
                asked = Lowest(CancellationToken.None);
            }

            return await asked;
        }
    }

    /// <summary>The position that every view has seen.</summary>
    public async Task<long> Lowest(CancellationToken ct) =>
        (await database.QueryAsWorker("""
            select coalesce(min(p.position), 0)
            from ledger.views v join ledger.places p on p.name = 'view:' || v.table_name
            """, [], row => row.GetInt64(0), ct))[0];
}

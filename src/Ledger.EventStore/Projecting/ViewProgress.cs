using System.Diagnostics;
using Ledger.EventStore.Feed;

namespace Ledger.EventStore.Projecting;

/// <summary>How far the views are, for those who must not read behind their own write.</summary>
public sealed class ViewProgress(LedgerDatabase database, ProcessSignals signals)
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);
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
            Interlocked.Exchange(ref known, await Lowest(ct));
            if (Interlocked.Read(ref known) >= position) return true;
            if (waited.Elapsed >= most) return false;
            await LogSignal.Wait(next, Poll, ct);
        }
    }

    /// <summary>The position that every view has seen.</summary>
    public async Task<long> Lowest(CancellationToken ct) =>
        (await database.QueryAsWorker("""
            select coalesce(min(p.last_seq_id), 0)
            from ledger.views v join public.mt_event_progression p on p.name = 'view:' || v.table_name
            """, [], row => row.GetInt64(0), ct))[0];
}

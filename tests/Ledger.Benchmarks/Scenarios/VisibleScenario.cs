using System.Collections.Concurrent;
using System.Diagnostics;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Feed;
using Ledger.EventStore.Projecting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>How long after a commit everybody sees it in the views.</summary>
internal sealed class VisibleScenario : IScenario
{
    private const int PerSecond = 500, Seconds = 60;

    public string Name => "visible";

    public string What => $"from commit to visible in all of five views, {PerSecond} commits/s for {Seconds} s, in this process and in another; against a bare LISTEN tailer with one view";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var store = await BenchStore.Create();
        View<AccountRow>[] views = [new ByAccount(), new ByCustomer(), new ByDay(), new ByMonth(), new ByYear()];
        _ = await new ViewTables(store.Database).Prepare(views, ct);
        var here = await Ours(store, store.AnotherProcess(), views, isElsewhere: false);
        var elsewhere = await Ours(store, store.AnotherProcess(), views, isElsewhere: true);
        var plain = await Plain(store, ct);
        return
        [
            new("in this process, p50", Measure.Median(here), "ms", Most: 8), new("in this process, p99", Measure.Percentile(here, 0.99), "ms", Most: 20),
            new("in another process, p50", Measure.Median(elsewhere), "ms", Most: 8), new("in another process, p99", Measure.Percentile(elsewhere, 0.99), "ms", Most: 20),
            new("bare tailer, one view, p50", Measure.Median(plain), "ms"), new("bare tailer, one view, p99", Measure.Percentile(plain, 0.99), "ms"),
        ];
    }

    /// <summary>Latencies in ms, with the views kept in the process that writes or in another one.</summary>
    private static async Task<IReadOnlyList<double>> Ours(BenchStore store, BenchStore other, IReadOnlyList<View> views, bool isElsewhere)
    {
        using var stop = new CancellationTokenSource();
        await using var writing = new ProcessSignals(store.Database, store.GroupCommit);
        await using var away = new ProcessSignals(other.Database, other.GroupCommit);
        writing.Start();
        away.Start();
        var (reader, signals) = isElsewhere ? (other, away) : (store, writing);
        var runner = new ViewRunner(reader.Database, reader.Feed, new ViewTables(reader.Database), signals, views, NullLogger<ViewRunner>.Instance).Run(stop.Token);
        var progress = new ViewProgress(reader.Database, signals);
        var seen = new Sightings();
        var watching = Watch(signals, progress, seen, stop.Token);
        await Write(store, seen);
        while (!seen.IsComplete) await Task.Delay(10);
        await stop.CancelAsync();
        await runner;
        await watching;
        await other.DisposeAsync();
        return seen.Latencies;
    }

    private static async Task Write(BenchStore store, Sightings seen)
    {
        var ids = Enumerable.Range(0, 1000).Select(_ => Guid.CreateVersion7()).ToArray();
        var commits = new ConcurrentBag<Task>();
        await AtRate(n => commits.Add(Task.Run(async () =>
        {
            if (await store.GroupCommit.Commit(store.Append(ids[n % ids.Length], n / ids.Length, 1, n)) is not CommitResult.Committed done) throw new InvalidOperationException("Not committed.");
            seen.Committed(done.Positions[^1]);
        })));
        await Task.WhenAll(commits);
        seen.AllCommitted();
    }

    private static async Task Watch(ProcessSignals signals, ViewProgress progress, Sightings seen, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var next = signals.Views.Next;
            seen.Visible(await progress.Lowest(CancellationToken.None));
            try { await LogSignal.Wait(next, TimeSpan.FromMilliseconds(5), ct); }
            catch (OperationCanceledException) { return; }
        }
    }

    private static async Task AtRate(Action<int> once)
    {
        var took = Stopwatch.StartNew();
        for (var n = 0; n < PerSecond * Seconds; n++)
        {
            var due = TimeSpan.FromSeconds((double)n / PerSecond);
            if (took.Elapsed < due) await Task.Delay(due - took.Elapsed);
            once(n);
        }
    }

    private static async Task<IReadOnlyList<double>> Plain(BenchStore store, CancellationToken ct)
    {
        var plain = await PlainStore.Create(store);
        await store.Run("create table plain_view (tenant_id text not null, id uuid not null, balance bigint not null, primary key (tenant_id, id)); create table plain_place (position bigint not null); insert into plain_place values (0)");
        using var stop = new CancellationTokenSource();
        var seen = new Sightings();
        var tailing = Tail(store, seen, stop.Token);
        var ids = Enumerable.Range(0, 1000).Select(_ => Guid.CreateVersion7()).ToArray();
        var commits = new ConcurrentBag<Task>();
        var (position, gate) = (0L, new SemaphoreSlim(1));
        await AtRate(n => commits.Add(Task.Run(async () =>
        {
            await gate.WaitAsync(ct);   // One after the other, so that what the sequence gave is in the order of commits.
            try
            {
                await plain.Append(ids[n % ids.Length], n / ids.Length, n);
                seen.Committed(++position);
            }
            finally { _ = gate.Release(); }

            await store.Run("notify plain");
        }, ct)));
        await Task.WhenAll(commits);
        seen.AllCommitted();
        while (!seen.IsComplete && !tailing.IsCompleted) await Task.Delay(10, ct);
        await stop.CancelAsync();
        await tailing;
        return seen.Latencies;
    }

    private static async Task Tail(BenchStore store, Sightings seen, CancellationToken ct)
    {
        await using var listening = await store.Plain.OpenConnectionAsync(CancellationToken.None);
        await using var working = await store.Plain.OpenConnectionAsync(CancellationToken.None);
        await using (var listen = new NpgsqlCommand("listen plain", listening)) _ = await listen.ExecuteNonQueryAsync(CancellationToken.None);
        while (!ct.IsCancellationRequested)
        {
            await using (var step = new NpgsqlCommand("""
                with place as (select position from plain_place for update),
                     fresh as (select seq_id, tenant_id, stream_id, (data ->> 'amount')::bigint as amount from plain_events where seq_id > (select position from place) order by seq_id limit 2000),
                     kept as (insert into plain_view as v select tenant_id, stream_id, sum(amount) from fresh group by 1, 2
                              on conflict (tenant_id, id) do update set balance = v.balance + excluded.balance)
                update plain_place set position = greatest(position, (select max(seq_id) from fresh)) returning position
                """, working))
            {
                await step.PrepareAsync(CancellationToken.None);
                seen.Visible((long)(await step.ExecuteScalarAsync(CancellationToken.None))!);
            }

            try { _ = await listening.WaitAsync(50, ct); }
            catch (OperationCanceledException) { return; }
        }
    }

    /// <summary>When which position was committed, and when it was seen.</summary>
    private sealed class Sightings
    {
        private readonly Lock gate = new();
        private readonly SortedDictionary<long, long> early = [];
        private bool isAll;
        private long visible;

        public List<double> Latencies { get; } = [];

        public bool IsComplete
        {
            get { lock (gate) return isAll && early.Count == 0; }
        }

        public void Committed(long position)
        {
            var at = Stopwatch.GetTimestamp();
            lock (gate)
            {
                if (position <= visible) Latencies.Add(0);   // It was seen before its writer heard of it.
                else early[position] = at;
            }
        }

        public void AllCommitted()
        {
            lock (gate) isAll = true;
        }

        public void Visible(long position)
        {
            lock (gate)
            {
                visible = Math.Max(visible, position);
                while (early.Count > 0 && early.First() is var (first, at) && first <= visible)
                {
                    Latencies.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                    _ = early.Remove(first);
                }
            }
        }
    }
}

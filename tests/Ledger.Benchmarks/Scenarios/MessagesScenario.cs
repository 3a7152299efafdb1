using System.Diagnostics;
using Ledger.Decisions;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Feed;
using Ledger.Messaging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>A message with nothing to do.</summary>
public sealed record Nothing(int N) : IMessage
{
    public string? OrderKey => null;
}

/// <summary>Messages that are all due at one instant: enqueued, and run by a handler that does nothing.</summary>
internal sealed class MessagesScenario : IScenario
{
    private const int Messages = 100_000, PerCommit = 100, CommitsAtOnce = 50;

    public string Name => "messages";

    public string What => $"{Messages:N0} messages due at one instant, enqueued and run; against claiming and deleting rows by plain SQL in batches of 100";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var store = await BenchStore.Create();
        _ = await Enqueue(store, Messages / 5);
        _ = await Drain(store, Messages / 5, ct);   // Until the code is compiled for good.
        var enqueued = await Enqueue(store, Messages);
        var (run, early, late) = await Drain(store, Messages, ct);

        var plain = Messages / await Plain(store, ct);
        return
        [
            new("messages enqueued", Messages / enqueued, "/s", Least: 10_000),
            new("messages run to their end", Messages / run, "/s", plain, Least: 10_000),
            new("the second tenth, with eight tenths waiting, against the last", Messages / 10 / early, "/s", Messages / 10 / late, Ratio: 0.8),
        ];
    }

    /// <summary>Seconds until all have run, and for the second and the last tenth of them.</summary>
    private static async Task<(double All, double Early, double Late)> Drain(BenchStore store, int messages, CancellationToken ct)
    {
        var handler = new Handler();
        var types = new MessageTypes(typeof(Nothing).Assembly);
        await using var signals = new ProcessSignals(store.Database, store.GroupCommit);
        signals.Start();
        using var stop = new CancellationTokenSource();
        var took = Stopwatch.StartNew();
        var running = new MessageRuntime(new(store.Database), types, new MessageHandlers(types, [handler]), store.GroupCommit, signals, NullLogger<MessageRuntime>.Instance).Run(stop.Token);
        var firstTenth = await handler.Reached(messages / 10, took);
        var secondTenth = await handler.Reached(messages / 5, took) - firstTenth;
        var beforeLastTenth = await handler.Reached(messages * 9 / 10, took);
        var all = await handler.Reached(messages, took);
        while (await Left(store, ct) > 0) await Task.Delay(5, ct);
        var run = took.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await running;
        return (run, secondTenth, all - beforeLastTenth);
    }

    private static Task<double> Enqueue(BenchStore store, int messages)
    {
        var numbers = Enumerable.Range(0, messages).Chunk(PerCommit).ToList();
        return Measure.Seconds(() => Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = CommitsAtOnce }, async (some, _) =>
        {
            if (await store.GroupCommit.Commit(new(BenchStore.Tenant)
            {
                Sends = [.. some.Select(n => Outgoing.Derived(Guid.CreateVersion7(), "", BenchStore.Tenant, new(new Nothing(n)), "bench", null))],
            }) is not CommitResult.Committed) throw new InvalidOperationException("Not sent.");
        }));
    }

    private static async Task<long> Left(BenchStore store, CancellationToken ct)
    {
        await using var command = store.Plain.CreateCommand("select count(*) from ledger.messages");
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Seconds for as many rows of such a table.</summary>
    private static async Task<double> Plain(BenchStore store, CancellationToken ct)
    {
        await store.Run($"""
            create table plain_messages (id uuid primary key, run_at timestamptz not null, body jsonb not null, attempts int not null default 0);
            create index on plain_messages (run_at);
            insert into plain_messages (id, run_at, body) select gen_random_uuid(), now(), jsonb_build_object('n', n) from generate_series(1, {Messages}) n;
            analyze plain_messages
            """);
        return await Measure.Seconds(() => Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            await using var connection = await store.Plain.OpenConnectionAsync(ct);
            await using var claim = new NpgsqlCommand("""
                with due as materialized (select id from plain_messages where run_at <= now() order by run_at limit 100 for update skip locked)
                update plain_messages m set run_at = now() + interval '10 s', attempts = attempts + 1 from due where m.id = due.id returning m.id, m.body::text
                """, connection);
            await using var done = new NpgsqlCommand("delete from plain_messages where id = any($1)", connection) { Parameters = { new NpgsqlParameter<Guid[]>() } };
            while (true)
            {
                await claim.PrepareAsync(ct);
                var ids = new List<Guid>();
                await using (var reader = await claim.ExecuteReaderAsync(ct))
                    while (await reader.ReadAsync(ct)) ids.Add(reader.GetGuid(0));
                if (ids.Count == 0) return;
                ((NpgsqlParameter<Guid[]>)done.Parameters[0]).TypedValue = [.. ids];
                await done.PrepareAsync(ct);
                _ = await done.ExecuteNonQueryAsync(ct);
            }
        }, ct))));
    }

    private sealed class Handler : IMessageHandler<Nothing>
    {
        private int count;

        public Task Handle(Nothing message, MessageContext context, CancellationToken ct)
        {
            _ = Interlocked.Increment(ref count);
            return Task.CompletedTask;
        }

        public async Task<double> Reached(int messages, Stopwatch took)
        {
            while (Volatile.Read(ref count) < messages) await Task.Delay(1);
            return took.Elapsed.TotalSeconds;
        }
    }
}

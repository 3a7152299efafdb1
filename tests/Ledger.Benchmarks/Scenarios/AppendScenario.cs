using Npgsql;
using NpgsqlTypes;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>As an import writes: many events, all at once.</summary>
internal sealed class AppendScenario : IScenario
{
    private const int Streams = 500, EventsPerStream = 50;

    public string Name => "append";

    public string What => $"{Streams * EventsPerStream:N0} events in big batches, chain and side index included; against binary COPY of the same events into the same table, its streams inserted before";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var store = await BenchStore.Create();
        await store.Run("create table plain_streams (like public.mt_streams including all)");
        await store.Run("create table plain_log (like public.mt_events including all, foreign key (tenant_id, stream_id) references plain_streams (tenant_id, id))");
        var position = 0L;
        var (subject, baseline) = await Measure.InTurns(
            async () => Streams * EventsPerStream / await Measure.Seconds(() => Task.WhenAll(Enumerable.Range(0, Streams).Select(n => store.GroupCommit.Commit(store.Append(Guid.CreateVersion7(), 0, EventsPerStream, n))))),
            async () => Streams * EventsPerStream / await Measure.Seconds(async () => position = await Copy(store, position, ct)));
        return [new("events appended", subject, "/s", baseline, 0.5)];
    }

    private static async Task<long> Copy(BenchStore store, long position, CancellationToken ct)
    {
        await using var connection = await store.Plain.OpenConnectionAsync(ct);
        var ids = Enumerable.Range(0, Streams).Select(_ => Guid.CreateVersion7()).ToArray();
        await using (var streams = new NpgsqlCommand("insert into plain_streams (tenant_id, id, type, version) select $1, id, 'account', $3 from unnest($2) id", connection))
        {
            streams.Parameters.Add(new() { Value = BenchStore.Tenant });
            streams.Parameters.Add(new() { Value = ids });
            streams.Parameters.Add(new() { Value = (long)EventsPerStream });
            _ = await streams.ExecuteNonQueryAsync(ct);
        }

        await using var copy = await connection.BeginBinaryImportAsync("""
            copy plain_log (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id, headers, user_name, is_archived)
            from stdin (format binary)
            """, ct);
        var now = DateTime.UtcNow;
        for (var stream = 0; stream < Streams; stream++)
        {
            foreach (var one in store.Append(ids[stream], 0, EventsPerStream, stream).Events)
            {
                var (type, json) = store.Json.Write(one.Event);
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(++position, ct);
                await copy.WriteAsync(one.Id, ct);
                await copy.WriteAsync(one.Stream.Id, ct);
                await copy.WriteAsync(one.Version, ct);
                await copy.WriteAsync(json, NpgsqlDbType.Jsonb, ct);
                await copy.WriteAsync(type, ct);
                await copy.WriteAsync(now, NpgsqlDbType.TimestampTz, ct);
                await copy.WriteAsync(BenchStore.Tenant, ct);
                await copy.WriteAsync("Ledger.Benchmarks.AccountMoved, Ledger.Benchmarks", ct);
                await copy.WriteAsync("bench", ct);
                await copy.WriteAsync("{\"schema\": 1, \"actor_kind\": \"bench\", \"actor_id\": \"bench\", \"effective_at\": \"2026-01-01T12:00:00Z\"}", NpgsqlDbType.Jsonb, ct);
                await copy.WriteAsync("bench:bench", ct);
                await copy.WriteAsync(false, ct);
            }
        }

        _ = await copy.CompleteAsync(ct);
        return position;
    }
}

using System.Text.Json;
using Ledger.Decisions.Json;
using Npgsql;
using NpgsqlTypes;

namespace Ledger.Benchmarks;

/// <summary>The best that one writes plainly: one transaction per commit, one prepared batch, the rows and indexes any store needs.</summary>
internal sealed class PlainStore(NpgsqlDataSource source)
{
    public static async Task<PlainStore> Create(BenchStore store)
    {
        await store.Run("""
            create table if not exists plain_streams (tenant_id text, id uuid, version bigint not null, primary key (tenant_id, id)) with (fillfactor = 70);
            create table if not exists plain_events (
                seq_id bigint generated always as identity primary key, id uuid not null, tenant_id text not null, stream_id uuid not null,
                version bigint not null, type text not null, data jsonb not null, headers jsonb not null, timestamp timestamptz not null default now(),
                unique (tenant_id, stream_id, version))
            """);
        return new(store.Plain);
    }

    /// <summary>Writes the next event of a stream, if its version is still the one that was seen.</summary>
    public async Task Append(Guid account, long version, int n)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(version == 0
            ? new("insert into plain_streams (tenant_id, id, version) values ($1, $2, $3 + 1)") { Parameters = { Text(BenchStore.Tenant), Of(account), Of(version) } }
            : new("update plain_streams set version = $3 + 1 where tenant_id = $1 and id = $2 and version = $3") { Parameters = { Text(BenchStore.Tenant), Of(account), Of(version) } });
        batch.BatchCommands.Add(new("insert into plain_events (id, tenant_id, stream_id, version, type, data, headers) values ($1, $2, $3, $4 + 1, $5, $6, $7)")
        {
            Parameters =
            {
                Of(Guid.CreateVersion7()), Text(BenchStore.Tenant), Of(account), Of(version), Text("account_moved"),
                Json(JsonSerializer.Serialize(AccountMoved.Sample(account, n), LedgerJson.Options)), Json("{\"schema\": 1, \"actor_kind\": \"bench\", \"actor_id\": \"bench\"}"),
            },
        });
        await batch.PrepareAsync();
        if (await batch.ExecuteNonQueryAsync() != 2) throw new InvalidOperationException("The version has moved on.");
    }

    private static NpgsqlParameter<Guid> Of(Guid value) => new() { TypedValue = value };
    private static NpgsqlParameter<long> Of(long value) => new() { TypedValue = value };
    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };
    private static NpgsqlParameter<string> Json(string value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Jsonb };
}

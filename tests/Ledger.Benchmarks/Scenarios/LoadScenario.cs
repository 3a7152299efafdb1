using System.Text.Json;
using Ledger.Decisions.Json;
using Ledger.EventStore.Commits;
using Npgsql;

namespace Ledger.Benchmarks.Scenarios;

/// <summary>A long stream that nobody has in memory.</summary>
internal sealed class LoadScenario : IScenario
{
    private const int Events = 1000, Streams = 20;

    public string Name => "load";

    public string What => $"cold load of a stream of {Events:N0} events; against a plain prepared select, System.Text.Json and a fold";

    public async Task<IReadOnlyList<Figure>> Run(CancellationToken ct)
    {
        await using var store = await BenchStore.Create();
        var ids = Enumerable.Range(0, Streams).Select(_ => Guid.CreateVersion7()).ToArray();
        foreach (var id in ids)
            if (await store.GroupCommit.Commit(store.Append(id, 0, Events)) is not CommitResult.Committed) throw new InvalidOperationException("Not committed.");
        await store.Run("analyze");

        var (subject, baseline) = await Measure.InTurns(
            () => Measure.PerSecond(1, TimeSpan.FromSeconds(2), async _ => Check((await store.Loader.Load<Account, AccountEvent>(BenchStore.Tenant, Account.Stream(ids[Random.Shared.Next(Streams)]), null, ct)).State)),
            () => Measure.PerSecond(1, TimeSpan.FromSeconds(2), async _ => Check(await Plain(store, ids[Random.Shared.Next(Streams)], ct))));
        return [new($"loads of {Events:N0} events", subject, "/s", baseline, 0.95)];
    }

    private static async Task<Account> Plain(BenchStore store, Guid id, CancellationToken ct)
    {
        await using var connection = await store.Plain.OpenConnectionAsync(ct);
        await using var command = new NpgsqlCommand("select type, data::text from public.mt_events where tenant_id = $1 and stream_id = $2 order by version", connection)
        {
            Parameters = { new() { Value = BenchStore.Tenant }, new() { Value = id } },
        };
        await command.PrepareAsync(ct);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var state = Account.Initial;
        while (await reader.ReadAsync(ct))
        {
            state = reader.GetString(0) switch
            {
                "account_moved" => Account.Evolve(state, JsonSerializer.Deserialize<AccountMoved>(reader.GetString(1), LedgerJson.Options)!),
                var other => throw new InvalidOperationException(other),
            };
        }

        return state;
    }

    private static void Check(Account account)
    {
        if (account.Movements != Events) throw new InvalidOperationException($"{account.Movements} movements.");
    }
}

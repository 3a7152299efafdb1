using Ledger.EventStore.Events;
using Ledger.EventStore.Feed;
using Ledger.Scenarios.Kills;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Races;

/// <summary>Many clients at once do whatever they like with the same few things. Money comes out right.</summary>
[Collection("app")]
public class RaceTests(SharedApp shared, ITestOutputHelper output)
{
    [Fact]
    public Task Sixteen_clients_break_nothing() => Race(clients: 16, commands: 400);

    [Fact, Trait("Category", "Heavy")]
    public Task Thirty_two_clients_break_nothing_with_ten_thousand_commands() => Race(clients: 32, commands: 10_000);

    private async Task Race(int clients, int commands)
    {
        var seed = Killer.Seed;
        output.WriteLine($"LEDGER_TEST_SEED={seed}");
        var ground = await Ground.Open(shared.App);
        var racers = Enumerable.Range(0, clients).Select(i => new Racer(ground, i, seed + i)).ToList();
        await Task.WhenAll(racers.Select(one => Task.Run(() => one.Run(commands / clients))));
        await ground.Quiet();
        foreach (var group in racers.SelectMany(one => one.Tally).GroupBy(one => one.Key).OrderBy(one => one.Key, StringComparer.Ordinal))
            output.WriteLine($"{group.Sum(one => one.Value),6} {group.Key}");

        racers.SelectMany(one => one.Faults).ShouldBeEmpty($"seed {seed}");
        var holdings = await Fold(ground);
        await ProviderRecord.Agrees(shared.App.ConnectionString, ground.Tenant, holdings.Payments.All);
        (await Lines("select body::text from ledger.dead_messages where tenant_id = $1", ground)).ShouldBeEmpty();
    }

    /// <summary>The whole log of the tenant, held against what must be true at every position and at the end of every batch.</summary>
    private async Task<Holdings> Fold(Ground ground)
    {
        var (holdings, coupons) = (new Holdings(), new CouponUse());
        var log = await Log(ground);
        var ends = (await Lines("select last_position::text from ledger.blocks where $1 is not null", ground)).Select(long.Parse).Order().ToList();
        var batch = 0;
        foreach (var happened in log)
        {
            for (; batch < ends.Count && ends[batch] < happened.Position; batch++) holdings.Agree(ends[batch]);
            holdings.Take(happened);
            coupons.Take(happened);
        }

        holdings.Agree(log[^1].Position);
        return holdings;
    }

    private async Task<IReadOnlyList<StoredEvent>> Log(Ground ground)
    {
        var feed = shared.App.Services.GetRequiredService<EventFeed>();
        var log = new List<StoredEvent>();
        while (await feed.AfterForTenant(ground.Tenant.Name, log.Count == 0 ? 0 : log[^1].Position, null, 1000, CancellationToken.None) is { Count: > 0 } page) log.AddRange(page);
        return log;
    }

    private async Task<List<string>> Lines(string question, Ground ground)
    {
        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        await using var command = source.CreateCommand(question);
        command.Parameters.Add(new() { Value = ground.Tenant.Name });
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await rows.ReadAsync()) found.Add(rows.GetString(0));
        return found;
    }
}

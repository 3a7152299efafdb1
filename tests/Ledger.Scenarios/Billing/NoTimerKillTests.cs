using System.Security.Cryptography;
using Ledger.EventStore.PersonalData;
using Ledger.Scenarios.Kills;
using Ledger.Scenarios.Races;
using Ledger.Testing;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Billing;

/// <summary>Nothing hangs on one process either: whoever works for a tenant is killed while its messages are lost and
/// its zone and clock are moved, and the tenant ends as one that nobody disturbed.</summary>
[Collection("app")]
public sealed class NoTimerKillTests(SharedApp shared, ITestOutputHelper output) : IAsyncLifetime, IDisposable
{
    /// <summary>Before each thing that is done to it, in milliseconds.</summary>
    private const int LongestWait = 200;

    private static readonly Func<Task>[] NoMore = [];
    private static readonly byte[] Master = SHA256.HashData("killed"u8);
    private readonly TestDirectory directory = new();
    private LedgerApp app = null!;
    private LedgerProgram worker = null!;

    public async Task InitializeAsync()
    {
        app = await LedgerApp.Start(runsWorkers: false, master: new MasterKey(Master));
        worker = new(directory.Path, new Dictionary<string, string>
        {
            ["LEDGER_DATABASE"] = app.ConnectionString, ["LEDGER_MASTER_KEY"] = Convert.ToBase64String(Master),
        });
        worker.Start();
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose()
    {
        worker.Dispose();
        directory.Dispose();
    }

    [Fact]
    public Task Killed_three_times_it_ends_as_undisturbed() =>
        Check([Killer.Seed], steps: 4, kills: 3, fallsFreeAtOnce: true);

    [Fact, Trait("Category", "Heavy")]
    public Task Killed_wherever_it_is_it_ends_as_undisturbed() =>
        Check(Enumerable.Range(Killer.Seed & 0xFFFF, 12), steps: 10, kills: 8, fallsFreeAtOnce: true);

    /// <summary>As where nobody knows that the process is dead: what it held stays held until its time is up.</summary>
    [Fact, Trait("Category", "Heavy")]
    public Task Killed_and_waited_for_it_ends_as_undisturbed() =>
        Check([Killer.Seed], steps: 6, kills: 5, fallsFreeAtOnce: false);

    private async Task Check(IEnumerable<int> seeds, int steps, int kills, bool fallsFreeAtOnce)
    {
        foreach (var seed in seeds)
        {
            output.WriteLine($"LEDGER_TEST_SEED={seed}");
            var waiting = await WhatWaits.Open(app);
            await Live(waiting.Shop, new(seed), steps, kills, fallsFreeAtOnce);
            (await waiting.End()).ShouldBe(await WhatWaits.EndUndisturbed(shared.App), $"seed {seed}\n{worker.Said}");
        }

        (await ProviderRecord.SentTwice(app.ConnectionString)).ShouldBeEmpty();
    }

#pragma warning disable CA5394 // It picks what to disturb; it keeps no secret.
    /// <summary>Moves the clock again and again, and meanwhile, at any moment and in any order, does the rest.</summary>
    private async Task Live(Shop shop, Random random, int steps, int kills, bool fallsFreeAtOnce)
    {
        var day = WhatWaits.Opened;
        var isKilledAt = Enumerable.Range(0, steps).Select(step => step < kills).ToArray();
        random.Shuffle(isKilledAt);
        foreach (var isKilled in isKilledAt)
        {
            day = day.AddHours(random.Next(5, 80));
            var moving = shop.Advance(WhatWaits.Text(day));
            Func<Task>[] deeds =
            [
                () => Lose(shop.Tenant), () => Disturb.MoveZone(shop, random),
                .. isKilled ? [() => Kill(fallsFreeAtOnce)] : NoMore,
            ];
            random.Shuffle(deeds);
            foreach (var deed in deeds)
            {
                await Task.Delay(random.Next(LongestWait));
                await deed();
            }

            _ = await moving;
        }
    }
#pragma warning restore CA5394

    private async Task Lose(TestTenant tenant) =>
        output.WriteLine($"{await Disturb.LoseMessages(app.ConnectionString, tenant)} messages lost");

    /// <param name="fallsFreeAtOnce">Whether what the dead process held need not be waited for.</param>
    private async Task Kill(bool fallsFreeAtOnce)
    {
        await worker.Kill();
        output.WriteLine("the worker killed");
        if (fallsFreeAtOnce)
        {
            await Run("update ledger.messages set run_at = now() where run_at > now() and run_at < 'infinity'");
            await Run("update ledger.leases set until = now() where until > now()");
        }

        worker.Start();
    }

    private async Task Run(string sql)
    {
        await using var source = NpgsqlDataSource.Create(app.ConnectionString);
#pragma warning disable CA2100 // Written here.
        await using var command = source.CreateCommand(sql);
#pragma warning restore CA2100
        _ = await command.ExecuteNonQueryAsync();
    }
}

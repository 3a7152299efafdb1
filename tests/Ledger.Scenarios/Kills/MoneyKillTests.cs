using Ledger.Api.Requests;
using Ledger.Scenarios.Races;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Kills;

/// <summary>Commands that move money, with the program killed while they are under way: asked again, each has one effect.</summary>
[Collection("app")]
public class MoneyKillTests(SharedApp shared, ITestOutputHelper output)
{
    private const int LongestWait = 120;

    [Fact]
    public Task The_first_of_them_are_done_once() => Kill(MoneyWishes.First, rounds: 2);

    [Fact, Trait("Category", "Heavy")]
    public Task All_of_them_are_done_once() => Kill([.. MoneyWishes.All.Keys], rounds: 20);

    [Fact]
    public void No_operation_that_moves_money_is_forgotten() => shared.App.Services.GetRequiredService<EndpointDataSource>().Endpoints
        .Select(one => one.Metadata.GetMetadata<KeyedOperation>()).OfType<KeyedOperation>().Where(one => one.MovesMoney)
        .Select(one => one.Operation).Except(MoneyWishes.All.Keys).ShouldBeEmpty();

    private async Task Kill(IReadOnlyList<string> operations, int rounds)
    {
        var seed = Killer.Seed;
        output.WriteLine($"LEDGER_TEST_SEED={seed}");
        var random = new Random(seed);
        using var shop = await KilledShop.Open();
        for (var round = 0; round < rounds; round++)
        {
            var wishes = await Task.WhenAll(operations.Select(one => MoneyWishes.All[one](shop)));
            var after = TimeSpan.FromMilliseconds(random.Next(LongestWait));
            await shop.KillAmid(wishes, after);
            foreach (var wish in wishes) _ = await shop.Post(wish.Path, wish.Body, wish.Key);
            foreach (var wish in wishes) _ = await shop.Post(wish.Path, wish.Body, wish.Key);
            foreach (var wish in wishes) await DoneOnce(shop, wish, $"round {round}, killed after {after.TotalMilliseconds} ms, seed {seed}");
        }

        (await ProviderRecord.SentTwice(shop.Database)).ShouldBeEmpty();
    }

    /// <summary>What follows of itself, such as each refund of a batch, may take a moment.</summary>
    private static async Task DoneOnce(KilledShop shop, Wish wish, string when)
    {
        for (var i = 0; i < 400 && await shop.Count(wish.Proof, wish.Subject) < wish.Times; i++) await Task.Delay(25);
        (await shop.Count(wish.Proof, wish.Subject)).ShouldBe(wish.Times, $"{wish.Operation}, {when}");
    }
}

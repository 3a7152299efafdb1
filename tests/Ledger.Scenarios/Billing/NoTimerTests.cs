namespace Ledger.Scenarios.Billing;

/// <summary>Nothing hangs on one timer: with its messages lost and its zone moved about, a tenant ends as one that nobody disturbed.</summary>
[Collection("app")]
public class NoTimerTests(SharedApp shared)
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    public Task It_ends_as_undisturbed(int seed, int steps) => Check(seed, steps);

    [Fact, Trait("Category", "Heavy")]
    public async Task It_ends_as_undisturbed_however_it_is_disturbed()
    {
        for (var seed = 10; seed < 40; seed++) await Check(seed, steps: 10);
    }

#pragma warning disable CA5394 // It picks what to disturb; it keeps no secret.
    private async Task Check(int seed, int steps)
    {
        var random = new Random(seed);
        var waiting = await WhatWaits.Open(shared.App);
        var day = WhatWaits.Opened;
        for (var i = 0; i < steps; i++)
        {
            day = day.AddHours(random.Next(5, 80));
            _ = await Disturb.LoseMessages(shared.App.ConnectionString, waiting.Shop.Tenant);
            await Disturb.MoveZone(waiting.Shop, random);
            _ = await waiting.Shop.Advance(WhatWaits.Text(day));
        }

        (await waiting.End()).ShouldBe(await WhatWaits.EndUndisturbed(shared.App), $"seed {seed}");
    }
#pragma warning restore CA5394
}

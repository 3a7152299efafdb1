using Xunit.Abstractions;

namespace Ledger.EventStore.Tests.Checking;

/// <summary>The checker finds what is wrong when something is: each of these is the program with one mistake.</summary>
public sealed class MutantTests(ITestOutputHelper output)
{
    private const int RoundsMax = 60;

    public static TheoryData<string> InSql => [.. SqlMutant.All.Keys];
    public static TheoryData<string> InTheProgram => [.. ProgramMutant.All.Keys];

    [Fact]
    public async Task Each_mistake_can_be_made_in_the_write_path_as_it_is()
    {
        await using var store = await StoreFixture.Create();
        const string functions = "select string_agg(pg_get_functiondef(oid), ';') from pg_proc where proname in ('begin_batch', 'write_rows', 'seal', 'mt_quick_append_events')";
        var right = (string)(await store.Sql(functions))!;
        foreach (var mistake in SqlMutant.All.Values)
        {
            await mistake.Make(store);
            _ = await store.Sql(right);
        }
    }

    [Theory]
    [Trait("Category", "Heavy")]
    [MemberData(nameof(InSql))]
    public Task It_finds_out_that(string mistake) => Find(new(), async store =>
    {
        _ = await store.Sql("create sequence public.receipts");
        await SqlMutant.All[mistake].Make(store);
    });

    [Theory]
    [Trait("Category", "Heavy")]
    [MemberData(nameof(InTheProgram))]
    public Task It_finds_out_that_a_program(string mistake) => Find(ProgramMutant.All[mistake], _ => Task.CompletedTask);

    private async Task Find(Means means, Func<StoreFixture, Task> change)
    {
        var seed = Chance.Seed;
        await using var checker = await Checker.Begin(seed, means, change);
        for (var round = 0; round < RoundsMax; round++)
        {
            if (await checker.Round(processes: 2, steps: 25) is not [var first, ..]) continue;
            output.WriteLine($"In round {round}: {first}");
            return;
        }

        Assert.Fail($"Nothing was found in {RoundsMax} rounds. LEDGER_TEST_SEED={seed}");
    }
}

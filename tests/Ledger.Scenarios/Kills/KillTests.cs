using Ledger.LocalPostgres;
using Npgsql;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Kills;

[Trait("Category", "Heavy")]
public class KillTests(ITestOutputHelper output)
{
    private const int Subscribers = 300;

    [Fact]
    public async Task Whatever_is_killed_while_it_bills_and_chases_the_figures_are_those_of_a_quiet_run()
    {
        var seed = Killer.Seed;
        output.WriteLine($"LEDGER_TEST_SEED={seed}");
        var (expected, from, to) = await Quiet();

        using var telco = await Telco.Open(Subscribers);
        var killer = new Killer(seed, programs: 10, servers: 5, from, to - (to - from) / 20);
        var work = telco.BillAndChase();
        try { await killer.Run(telco, work); }
        finally { output.WriteLine($"Killed:\n{string.Join('\n', killer.Done)}\nThe program said last:\n{telco.Program.Said}"); }
        await work;
        killer.Done.Count.ShouldBe(15);
        await telco.Program.Stop();

        await using var server = await PrivateCluster.Start(new() { Directory = telco.Program.Cluster });
        (await Figures.ChargesThatDiffer(server.ConnectionString)).ShouldBeEmpty($"seed {seed}");
        (await Figures.Of(server.ConnectionString)).ShouldBe(expected, $"seed {seed}");
        var views = await telco.Program.Command("hash-views");   // What they say: how figures share rows depends on the pages that came.
        _ = await telco.Program.Command("rebuild", "--all");
        (await telco.Program.Command("hash-views")).ShouldBe(views, $"seed {seed}");
        (await telco.Program.Command("verify")).ShouldContain("The log is as it was written");
    }

    /// <summary>The figures of the same work with nothing in its way, and between which positions of the log it lies.</summary>
    private async Task<(List<string> Figures, long From, long To)> Quiet()
    {
        using var telco = await Telco.Open(Subscribers);
        var began = System.Diagnostics.Stopwatch.StartNew();
        await telco.BillAndChase();
        output.WriteLine($"A quiet run takes {began.Elapsed.TotalSeconds:F1} s.");
        await telco.Program.Stop();
        await using var server = await PrivateCluster.Start(new() { Directory = telco.Program.Cluster });
        await using var end = new NpgsqlConnection(server.ConnectionString);
        await end.OpenAsync();
        (await Figures.ChargesThatDiffer(server.ConnectionString)).ShouldBeEmpty();
        var figures = await Figures.Of(server.ConnectionString);
        figures.ShouldContain("clock 2026-03-01 17:00:00+00");
        return (figures, await Figures.FirstRun(end), await Figures.Head(end));
    }
}

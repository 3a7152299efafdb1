using Ledger.Cli;
using Ledger.Scenarios.Kills;
using Ledger.Torture;
using Xunit.Abstractions;

namespace Ledger.Scenarios.Torture;

[Trait("Category", "Heavy")]
public class TortureTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Whatever_fails_while_it_bills_nothing_is_lost_and_nothing_is_done_twice()
    {
        var report = await TortureRun.Of(new(Kills: 15, Killer.Seed), new Progress<Done>());
        foreach (var (at, fault) in report.Done) output.WriteLine($"{at,8}  {fault}");
        foreach (var (name, figure) in report.Figures) output.WriteLine($"{name}: {figure}");
        report.Kills.ShouldBe(15);
        report.Findings.ShouldBeEmpty($"LEDGER_TEST_SEED={report.Options.Seed}");
    }
}

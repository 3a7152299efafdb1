using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.Domain.Tenancy;
using NodaTime;

namespace Ledger.Workers.Tests.CommandLine;

public class SimulateDunningTests
{
    [Fact]
    public async Task Another_schedule_is_told_beside_what_was()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(20);
        var (id, _) = await ledger.Get<ClockAdvanceStart>().Request(
            ledger.Tenant, Instant.FromUtc(2026, 2, 21, 12, 0), await ledger.Context(), CancellationToken.None);
        _ = await ClockCommand.Completed(ledger.Open, ledger.TenantName, id, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(120));

        var report = await SimulateDunningCommand.Simulate(
            ledger.Open, ledger.TenantName, new DunningSettings(20, 20, [1, 3, 5]), new Progress<Done>(), CancellationToken.None);
        report.Open.ShouldBe(0);
        report.Over.ShouldBeGreaterThan(0);
        var (_, real, simulated) = report.Currencies.ShouldHaveSingleItem();
        (real.Recovered, real.Lost, real.Attempts).ShouldBe((0, report.Over, 20 * report.Over));
        (simulated.Recovered, simulated.Lost, simulated.Attempts).ShouldBe((0, report.Over, 4 * report.Over));
        simulated.LostAmount.ShouldBe(real.LostAmount);
        real.DaysToRecovery.ShouldBeNull();
    }
}

using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.Domain.Time;
using NodaTime;

namespace Ledger.Workers.Tests.Accounting;

/// <summary>The tutorial's sample, billed for three months: some are paid, some are chased and lost.</summary>
public sealed class ThreeMonths : IAsyncLifetime
{
    internal TestLedger Ledger { get; private set; } = null!;

    internal static readonly LocalDate Today = new(2026, 4, 1);

    public async Task InitializeAsync()
    {
        Ledger = await TestLedger.Start();
        _ = await Ledger.ImportSample(200);
        var (id, rejection) = await Ledger.Get<ClockAdvanceStart>().Request(
            Ledger.Tenant, BusinessTime.InstantOf(Today, LocalTime.Noon, TestLedger.NewYork), await Ledger.Context(), CancellationToken.None);
        rejection.ShouldBeNull();
        _ = await ClockCommand.Completed(Ledger.Open, Ledger.TenantName, id, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromMinutes(3));
        await Ledger.Open.CatchUp(CancellationToken.None);
    }

    public async Task DisposeAsync() => await Ledger.DisposeAsync();
}

using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.Domain.Billing;
using Ledger.Domain.Payments;
using Ledger.Domain.Time;
using Ledger.EventStore.Commits;
using Ledger.EventStore.Database;
using Ledger.Messaging;
using NodaTime;

namespace Ledger.Workers.Tests.Payments;

public sealed class CollectPaymentTests
{
    [Fact]
    public async Task A_worker_killed_after_the_capture_still_has_the_next_period_billed_by_the_one_who_takes_over()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(10);
        var (run, _) = await ledger.Get<BillingRunStart>().Request(ledger.Tenant, new(2026, 1, 31), await ledger.Context(), CancellationToken.None);
        _ = await BillCommand.Completed(ledger.Open, ledger.TenantName, run, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
        await ledger.Open.CatchUp(CancellationToken.None);
        var payment = (await ledger.Get<LedgerDatabase>().QueryAsWorker(
            "select id from views.payments where status = 'captured' limit 1", [], row => row.GetGuid(0), CancellationToken.None))[0];

        // The capture stands, the next period is due, and the message comes once more.
        var again = Outgoing.Derived(Guid.CreateVersion7(), "again", ledger.TenantName, new(new CollectPayment(new PaymentId(payment), 1)), null, null);
        _ = await ledger.Get<GroupCommit>().Commit(new Commit(ledger.TenantName)
        {
            ClockTo = BusinessTime.StartOf(new LocalDate(2026, 3, 1), TestLedger.NewYork), Sends = [again],
        });
        await ledger.Get<TenantQuiet>().Wait(ledger.TenantName, null, Guid.Empty, CancellationToken.None);
        (await ledger.Get<LedgerDatabase>().QueryAsWorker(
            "select period_from from views.invoices where issued_on = '2026-03-01'", [], row => row.GetLocalDateOrNull(0), CancellationToken.None))
            .ShouldBe([new LocalDate(2026, 2, 28)]);
    }
}

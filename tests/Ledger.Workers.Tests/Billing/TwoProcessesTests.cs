using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.Domain.Dunning;
using Ledger.Domain.Payments;
using Ledger.Domain.Subscriptions;
using Ledger.EventStore;
using Ledger.EventStore.Events;
using Ledger.EventStore.Feed;
using Ledger.Messaging;
using NodaTime;

namespace Ledger.Workers.Tests.Billing;

/// <summary>What one process has in memory may be old, because another one wrote.</summary>
public class TwoProcessesTests
{
    private static readonly LocalDate FirstDay = new(2026, 1, 31);

    [Fact]
    public async Task An_attempt_that_one_process_begins_is_made_by_the_other()
    {
        await using var ledger = await TestLedger.Start();
        await using var other = await ledger.Another();
        _ = await ledger.ImportSample(20);
        var (run, _) = await ledger.Get<BillingRunStart>().Request(ledger.Tenant, FirstDay, await ledger.Context(), CancellationToken.None);
        _ = await BillCommand.Completed(ledger.Open, ledger.TenantName, run, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        // The first process remembers these payments as they failed; the second begins the next attempt behind its back.
        var chased = (await Events(ledger)).Select(one => one.Event).OfType<SubscriptionPastDue>().Select(one => one.Id).ToList();
        chased.ShouldNotBeEmpty();
        foreach (var id in chased)
            _ = await other.Get<CommandHandler>().Handle(
                new ChaseSubscription(id, ledger.Tenant.Id, FirstDay.PlusDays(1)), await ledger.Context(), CancellationToken.None);
        await Quiet(ledger);

        var after = (await Events(ledger)).Select(one => one.Event).ToList();
        after.OfType<PaymentRetried>().Count().ShouldBe(chased.Count);
        after.OfType<PaymentFailed>().Count(one => one.Attempt == 2).ShouldBe(chased.Count);
    }

    private static Task<List<StoredEvent>> Events(TestLedger ledger) =>
        ledger.Get<EventFeed>().AfterForTenant(ledger.TenantName, 0, null, 10_000, CancellationToken.None);

    private static async Task Quiet(TestLedger ledger)
    {
        while (true)
        {
            try
            {
                await ledger.Get<TenantQuiet>().Wait(ledger.TenantName, null, Guid.Empty, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
                return;
            }
            catch (NotYetException) { }
        }
    }
}

using Ledger.Application.Billing;
using Ledger.Cli;
using Ledger.Domain.Amounts;
using Ledger.EventStore.Database;
using NodaTime;

namespace Ledger.Workers.Tests.CommandLine;

public class SimulateInvoicesTests
{
    [Fact]
    public async Task Another_price_and_a_coupon_are_told_beside_what_was_by_month_and_customer()
    {
        await using var ledger = await TestLedger.Start();
        _ = await ledger.ImportSample(10);
        var (id, _) = await ledger.Get<ClockAdvanceStart>().Request(ledger.Tenant, Instant.FromUtc(2026, 3, 1, 12, 0), await ledger.Context(), CancellationToken.None);
        _ = await ClockCommand.Completed(ledger.Open, ledger.TenantName, id, new Progress<Done>(), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(120));
        var sold = await ledger.Get<LedgerDatabase>().QueryAsTenant(ledger.TenantName, """
            select distinct (line ->> 'product_variation_id')::uuid, (line -> 'unit_price' ->> 'amount')::bigint
            from views.invoices cross join jsonb_array_elements(lines) as line where line ->> 'product_variation_id' is not null
            """, [], row => (Variation: row.GetGuid(0), Price: row.GetInt64(1)), CancellationToken.None);

        var coupon = await SimulateCouponCommand.Simulate(
            ledger.Open, ledger.TenantName, SimulateCouponCommand.Terms(10, null, TestLedger.Usd, [], 1), null, null, new Progress<Done>(), CancellationToken.None);
        coupon.Months.Count.ShouldBeGreaterThan(1);
        coupon.Customers.Count.ShouldBeGreaterThan(5);
        var all = coupon.Total.ShouldHaveSingleItem();
        all.Changed.ShouldBe(coupon.Customers.Count, "The first charge of each.");
        all.Simulated.ShouldBeLessThan(all.Invoiced);
        coupon.Customers.Sum(one => one.Simulated).ShouldBe(all.Simulated);
        coupon.Months.Sum(one => one.Collected).ShouldBe(all.Collected);

        foreach (var (variation, price) in sold.Where(one => sold.Count(other => other.Variation == one.Variation) == 1))
        {
            var same = await Price(ledger, variation, price);
            same.Total.ShouldAllBe(one => one.Changed == 0 && one.Simulated == one.Invoiced && one.CollectedSimulated == one.Collected);
            (await Price(ledger, variation, 2 * price)).Total.Sum(one => one.Simulated - one.Invoiced).ShouldBeGreaterThan(0);
        }

        (await Price(ledger, Guid.NewGuid(), 1)).Total.Sum(one => one.Changed).ShouldBe(0);
    }

    [Theory]
    [InlineData(null, null, null, "Say either --percent or --amount.")]
    [InlineData(10, 5, null, "Say either --percent or --amount.")]
    [InlineData(101, null, null, "--percent is to be from 0 to 100, with at most four decimals.")]
    [InlineData(null, -1, null, "--amount is not to be below zero, nor to have more decimals than USD has.")]
    [InlineData(10, null, 0, "--charges is to be at least 1.")]
    public void What_makes_no_coupon_is_named(int? percent, int? amount, int? charges, string fault) =>
        Should.Throw<WrongArgumentsException>(() => SimulateCouponCommand.Terms(percent, amount, TestLedger.Usd, [], charges)).Message.ShouldBe(fault);

    private static Task<SimulatedInvoices.Report> Price(TestLedger ledger, Guid variation, long price) => SimulatePriceCommand.Simulate(
        ledger.Open, ledger.TenantName, variation, new Money(price, TestLedger.Usd), null, null, new Progress<Done>(), CancellationToken.None);
}

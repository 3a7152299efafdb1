using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Subscriptions;

/// <summary>Published figures of coupons, balances, refunds and chases, by the commands that lead to them.</summary>
public class PublishedMoneyTests
{
    private static readonly InvoiceId First = InvoiceOf("2024-03-01");
    private static readonly RefundId Back = RefundId.From(Number(82));

    [Theory]
    [InlineData("T-01", "0.1 0.25", "67.50")]
    [InlineData("T-01 the other way round", "0.25 0.1", "67.50")]
    [InlineData("T-05", "10.00 110.00", "0.00")]
    [InlineData("T-07", "10.00 0.2", "70.00")]
    [InlineData("T-09", "0.1 0.1", "81.00")]
    public void Coupons_that_stack_on_a_charge_of_100(string id, string coupons, string total)
    {
        var plan = new Plan("100", "monthly", "2024-03-01");
        plan.Ledger.Append(Bakery.Stream, new TenantSettingsChanged(
            Bakery, "Bakery", Currency.Parse("USD"), DateTimeZone.Utc, PricesIncludeTax: false, [Frequency.Monthly], CouponsStack: true));
        foreach (var (word, i) in coupons.Split(' ').Select((word, i) => (word, i)))
        {
            var coupon = CouponId.From(Number(450 + i));
            plan.Ledger.Append(coupon.Stream, new CouponCreated(coupon, $"C{i}", Terms(word)));
            _ = plan.Run(new ApplyCoupon(Breads, Bakery, coupon, Day("2024-03-01")));
        }

        var issued = plan.Bill("2024-03-01").Single();
        (issued.Total.ToDecimalString(), issued.Tax.ToDecimalString()).ShouldBe((total, "0.00"), id);
    }

    [Fact]
    public void R_01_a_balance_of_20_leaves_80_of_100_to_be_charged()
    {
        var plan = new Plan("100", "monthly", "2024-03-01");
        Give(plan, 20);
        _ = plan.Bill("2024-03-01");
        plan.Ledger.Log.Select(one => one.Event).OfType<PaymentInitiated>().Single().Amount.ShouldBe(Usd(80));
        plan.Balance.ShouldBe(Usd(0));
    }

    [Fact]
    public void R_03_ten_back_of_100_leaves_90_charged_and_nothing_on_the_balance()
    {
        var plan = Refunded("100", "2024-03-01", 10m);
        var invoice = Invoice(plan);
        (invoice.Status, invoice.Creditable, plan.Balance).ShouldBe((InvoiceStatus.Paid, Usd(90), Usd(0)));
    }

    /// <summary>All of it back by the way it came, or onto the balance; never both.</summary>
    [Fact]
    public void R_05_a_short_period_goes_back_whole()
    {
        var plan = Refunded("233.82", "2024-03-01", null);
        (Invoice(plan).Creditable, plan.Balance).ShouldBe((Usd(0), Usd(0)));
        plan.Ledger.Run(new IssueCreditNote(new(Number(90)), First, Usd(1), null, Start)).Rejection!.Code.ShouldBe("credit_exceeds_invoice");

        var kept = new Plan("233.82", "monthly", "2024-03-01");
        _ = kept.Bill("2024-03-01");
        _ = kept.Run(new IssueCreditNote(new(Number(90)), First, null, null, Start));
        kept.Balance.ShouldBe(Usd(233.82m));
        kept.Ledger.Run(Refund(null)).Rejection!.Code.ShouldBe("payment_already_refunded");
    }

    [Fact]
    public void R_07_what_is_paid_is_not_void()
    {
        var plan = Refunded("100", "2024-03-01", null);
        plan.Ledger.Run(new VoidInvoice(First, null, Start)).Rejection!.Code.ShouldBe("invoice_already_paid");
    }

    [Fact]
    public void R_09_of_two_refunds_of_60_on_100_one_is_promised()
    {
        var plan = new Plan("100", "monthly", "2024-03-01");
        _ = plan.Bill("2024-03-01");
        _ = plan.Run(Refund(60));
        plan.Ledger.Run(Refund(60) with { Id = RefundId.From(Number(83)) }).Rejection!.Code.ShouldBe("refund_exceeds_remaining");
    }

    [Theory]
    [InlineData("D-01", "2012-05-31", "8 8 8 8 8 8 8", "06-08 06-16 06-24 07-02 07-10 07-18 07-26")]
    [InlineData("D-05", "2021-08-06", "1 8 4 7", "08-07 08-15 08-19 08-26")]
    [InlineData("D-09", "2024-03-01", "1 1 2 2 2 3 3", "03-02 03-03 03-05 03-07 03-09 03-12 03-15")]
    public void A_payment_is_tried_again_on_these_days(string id, string failed, string waits, string expected)
    {
        var plan = new Plan("249.95", "monthly", failed);
        plan.Ledger.Append(Bakery.Stream, new DunningConfigChanged(Bakery, new(1, 90, [.. waits.Split(' ').Select(int.Parse)])));
        _ = plan.Run(new BillSubscription(Breads, Bakery, Day(failed)));
        Decline(plan, 1, Day(failed));
        var tried = new List<string>();
        for (var day = Day(failed).PlusDays(1); day < Day(failed).PlusDays(80); day = day.PlusDays(1))
        {
            if (plan.Run(new ChaseSubscription(Breads, Bakery, day)).OfType<PaymentRetried>().SingleOrDefault() is not { } again) continue;
            tried.Add($"{day:MM-dd}");
            Decline(plan, again.Attempt, day);
        }

        string.Join(' ', tried).ShouldBe(expected, id);
    }

    private static Plan Refunded(string price, string start, decimal? amount)
    {
        var plan = new Plan(price, "monthly", start);
        _ = plan.Bill(start);
        _ = plan.Run(Refund(amount));
        _ = plan.Run(new RecordRefund(Back, new("re_1"), Start));
        return plan;
    }

    private static RequestRefund Refund(decimal? amount) =>
        new(Back, PaymentOf("2024-03-01"), amount is { } some ? Usd(some) : null, null, "admin", IsApproved: true, Start);

    private static void Give(Plan plan, decimal amount) =>
        _ = plan.Run(new AdjustCustomerBalance(Jon, Number(70), BalanceOperation.Credit, Usd(amount), null, Start));

    private static void Decline(Plan plan, int attempt, LocalDate day)
    {
        var payment = plan.Ledger.Log.Select(one => one.Event).OfType<PaymentInitiated>().Single().Id;
        _ = plan.Run(new RecordCharge(payment, Bakery, attempt, new(null, "card_declined"), day));
    }

    private static Invoice.Known Invoice(Plan plan) => (Invoice.Known)plan.Ledger.State<Invoice, InvoiceEvent>(First.Stream);

    private static CouponTerms Terms(string word) => word.StartsWith("0.", StringComparison.Ordinal)
        ? new(Rate(word), null, null, null, null, null, null, [])
        : new(null, Usd(decimal.Parse(word, System.Globalization.CultureInfo.InvariantCulture)), null, null, null, null, null, []);
}

using static Ledger.Domain.Tests.Time.TimeExamples;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Accounting;

public class JournalTests
{
    private static readonly InvoiceId Invoice = InvoiceOf("2025-11-01");
    private static readonly PaymentId Payment = PaymentOf("2025-11-01");
    private static readonly CreditNoteId Note = CreditNoteId.From(Number(84));

    private static readonly InvoiceLine Bread = new("Bread", 2, Isk(7500), Isk(15000), Rate("0.24"), Isk(12097), Isk(2903));

    [Fact]
    public void What_is_invoiced_for_days_is_earned_by_the_day() => Entry(Issued(Days("2025-11-01", "2025-12-01"), Bread)).ShouldBe("""
        2025-11-01 invoice
        liabilities:tax -2903 ISK
        liabilities:deferred-revenue -12097 ISK
        assets:receivable 15000 ISK
        2025-11-01/2025-12-01 liabilities:deferred-revenue > income:revenue 12097 ISK
        """);

    [Fact]
    public void What_is_invoiced_for_no_days_is_earned_at_once() => Entry(Issued(null, Bread)).ShouldBe("""
        2025-11-01 invoice
        liabilities:tax -2903 ISK
        income:revenue -12097 ISK
        assets:receivable 15000 ISK
        """);

    [Fact]
    public void A_discount_stands_against_revenue() => Entry(Issued(
        null, Bread with { Discount = Isk(3000), NetDiscount = Isk(2419), Net = Isk(9678), Tax = Isk(2322) })).ShouldBe("""
        2025-11-01 invoice
        liabilities:tax -2322 ISK
        income:revenue -12097 ISK
        income:discounts 2419 ISK
        assets:receivable 12000 ISK
        """);

    [Fact]
    public void A_discount_on_days_is_earned_with_them() => Entry(Issued(
        Days("2025-11-01", "2025-12-01"), Bread with { Discount = Isk(3000), NetDiscount = Isk(2419), Net = Isk(9678), Tax = Isk(2322) })).ShouldBe("""
        2025-11-01 invoice
        liabilities:tax -2322 ISK
        liabilities:deferred-revenue -9678 ISK
        assets:receivable 12000 ISK
        2025-11-01/2025-12-01 liabilities:deferred-revenue > income:revenue 12097 ISK
        2025-11-01/2025-12-01 income:discounts > liabilities:deferred-revenue 2419 ISK
        """);

    [Fact]
    public void A_payment_meets_its_invoice()
    {
        Entry(new PaymentCaptured(Payment, 1, "ch", Start, Isk(15000), "sandbox")).ShouldBe("""
            2025-11-01 payment
            assets:cash:sandbox 15000 ISK
            liabilities:unapplied -15000 ISK
            """);
        Entry(new InvoicePaid(Invoice, Payment, Isk(15000), Start)).ShouldBe("""
            2025-11-01 invoice settled
            liabilities:unapplied 15000 ISK
            assets:receivable -15000 ISK
            """);
    }

    [Fact]
    public void A_refund_of_an_invoice_goes_by_its_credit_note()
    {
        Entry(Credit(CreditDestination.Refund, null)).ShouldBe("""
            2025-11-01 credit note
            liabilities:tax 968 ISK
            income:refunds 4032 ISK
            liabilities:unapplied -5000 ISK
            """);
        Entry(new RefundSucceeded(RefundId.From(Number(82)), Payment, Isk(5000), "sandbox", "re", Note, Start)).ShouldBe("""
            2025-11-01 refund
            liabilities:unapplied 5000 ISK
            assets:cash:sandbox -5000 ISK
            """);
    }

    [Fact]
    public void A_refund_of_what_was_not_invoiced_is_taken_back_by_itself() =>
        Entry(new RefundSucceeded(RefundId.From(Number(82)), Payment, Isk(5000), "sandbox", "re", null, Start)).ShouldBe("""
            2025-11-01 refund
            income:refunds 5000 ISK
            assets:cash:sandbox -5000 ISK
            """);

    [Fact]
    public void Days_that_are_taken_back_were_not_earned() => Entry(Credit(CreditDestination.Balance, Days("2025-11-16", "2025-12-01"))).ShouldBe("""
        2025-11-01 credit note
        liabilities:tax 968 ISK
        liabilities:deferred-revenue 4032 ISK
        liabilities:unapplied -5000 ISK
        2025-11-16/2025-12-01 liabilities:deferred-revenue > income:revenue -4032 ISK
        """);

    [Fact]
    public void A_void_invoice_undoes_what_it_did()
    {
        var did = Journal.Of(Issued(Days("2025-11-01", "2025-12-01"), Bread))!;
        var undid = Journal.Of(new InvoiceCancelled(Invoice, [Bread], Days("2025-11-01", "2025-12-01"), Isk(15000), Start))!;
        did.Postings.Concat(undid.Postings).GroupBy(one => one.Account).ShouldAllBe(account => account.Sum(one => one.Amount) == 0);
        did.Spread.Concat(undid.Spread).Sum(one => one.Amount).ShouldBe(0);
    }

    [Fact]
    public void A_lost_dispute_is_an_expense()
    {
        Entry(new PaymentDisputed(Payment, "dp", Isk(15000), "sandbox", "fraudulent", Start)).ShouldBe("""
            2025-11-01 dispute
            assets:disputed 15000 ISK
            assets:cash:sandbox -15000 ISK
            """);
        Entry(new PaymentDisputeClosed(Payment, "dp", false, Isk(15000), "sandbox", Start)).ShouldBe("""
            2025-11-01 dispute lost
            expenses:disputes 15000 ISK
            assets:disputed -15000 ISK
            """);
    }

    /// <summary>Published cases of revenue recognition: whole days, rounded on the running sum.</summary>
    [Theory]
    [InlineData("J-01", 3100, "2025-01-15", "2025-02-15", "2025-01-31:1700 2025-02-28:3100")]
    [InlineData("J-03", 12000, "2026-06-15", "2026-10-13", "2026-06-30:1600 2026-07-31:4700 2026-08-31:7800 2026-09-30:10800 2026-10-31:12000")]
    [InlineData("none before it begins", 12000, "2026-06-15", "2026-10-13", "2026-06-14:0 2026-06-15:100")]
    public void Revenue_of_days_is_earned_as_they_pass(string id, long amount, string from, string until, string earned)
    {
        var spread = new Spread(Account.DeferredRevenue, Account.Revenue, amount, "USD", Days(from, until));
        string.Join(' ', earned.Split(' ').Select(one => one.Split(':')[0]).Select(day => $"{day}:{spread.MovedBy(Day(day))}")).ShouldBe(earned, id);
    }

    private static InvoiceIssued Issued(BillingPeriod? period, InvoiceLine line) => new(
        Invoice, Jon, Breads, period, [line], true, line.Net, line.Tax, line.Gross, Start, Start, 1);

    private static CreditNoteIssued Credit(CreditDestination destination, BillingPeriod? days) => new(
        Note, Invoice, Jon, destination, [new("Bread", Rate("0.24"), Isk(4032), Isk(968), days)], Isk(4032), Isk(968), Isk(5000), Start);

    private static string Entry(IEvent @event)
    {
        var entry = Journal.Of(@event)!;
        entry.Unbalanced().ShouldBeEmpty();
        return string.Join('\n', [
            $"{entry.On:R} {entry.Description}", .. entry.Postings.Select(one => $"{one.Account} {one.Amount} {one.Commodity}"),
            .. entry.Spread.Select(one => $"{one.Over} {one.From} > {one.To} {one.Amount} {one.Commodity}"),
        ]);
    }
}

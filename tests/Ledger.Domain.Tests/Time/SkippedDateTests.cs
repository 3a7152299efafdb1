using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Time;

/// <summary>A date that a place skipped is never one on which something is issued or due, or a period begins or ends: the next one is.</summary>
public class SkippedDateTests
{
    private static readonly DateTimeZone Apia = Zone("Pacific/Apia");
    private static readonly TenantCreated Samoa = BakeryCreated with { Zone = Apia };

    [Theory]
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-31")]
    [InlineData("Pacific/Fakaofo", "2011-12-30", "2011-12-31")]
    [InlineData("Pacific/Kwajalein", "1993-08-21", "1993-08-22")]
    [InlineData("Pacific/Apia", "2011-12-29", "2011-12-29")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "2018-11-04")]
    public void The_next_one_is(string zone, string date, string becomes) => BusinessTime.Existing(Day(date), Zone(zone)).ShouldBe(Day(becomes));

    [Fact]
    public void No_invoice_is_due_on_it()
    {
        var draft = new DraftInvoice(
            InvoiceId.From(Number(430)), Bakery, Jon, Krona, [new WantedItem(Number(11), null, "Cake", 1, Isk(100), null)], 14, Day("2011-12-16"), IssuesAtOnce: true);
        var issued = JointScenario.Given(Bakery.Stream, Samoa).And(Jon.Stream, JonCreated).When(draft).Events.OfType<InvoiceIssued>().Single();
        issued.DueOn.ShouldBe(Day("2011-12-31"));
    }

    [Fact]
    public void Periods_pass_it_and_stay_whole()
    {
        var shop = JointScenario.Given(Bakery.Stream, Samoa).And(Jon.Stream, JonCreated).And(Bread.Stream, BreadCreated).And(Rye.Stream, RyeCreated)
            .And(JonsWallet, Added(Visa), VisaIsDefault)
            .And(Breads.Stream, Created with { StartOn = Day("2011-11-30") }, WithItems, new SubscriptionActivated(Breads, Day("2011-11-30"), IsDue: true));
        Invoiced(shop, "2011-11-30").ShouldBe(("2011-11-30/2011-12-31", 15000));
        shop.When(Bill("2011-12-30")).ThenNothing();
        Invoiced(shop, "2011-12-31").ShouldBe(("2011-12-31/2012-01-30", 15000));
        shop.Breadly().Billed!.FullPeriod.ShouldBe(Days("2011-12-31", "2012-01-30"));
        Invoiced(shop, "2012-01-30").ShouldBe(("2012-01-30/2012-02-29", 15000));
    }

    [Fact]
    public void A_subscription_that_is_to_start_on_it_starts_on_the_next() => JointScenario.Given(Bakery.Stream, Samoa).And(Jon.Stream, JonCreated)
        .When(new CreateSubscription(Breads, Bakery, Jon, Day("2011-12-30"), Frequency.Daily, null, null, null, null, null, Day("2011-12-01")))
        .Events.OfType<SubscriptionCreated>().Single().StartOn.ShouldBe(Day("2011-12-31"));

    private static (string Period, long Total) Invoiced(JointScenario shop, string on)
    {
        var issued = shop.When(Bill(on)).Events.OfType<InvoiceIssued>().Single();
        _ = shop.After(new RecordCharge(PaymentId.ForInvoice(issued.Id), Bakery, 1, new("ch_1"), Day(on)));
        return (issued.Period!.Value.ToString(), issued.Total.Amount);
    }
}

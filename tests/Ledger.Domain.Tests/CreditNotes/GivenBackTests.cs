using static Ledger.Domain.Tests.CreditNotes.Shelf;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.CreditNotes;

/// <summary>What a line gives back follows from what is left of that line, as it was invoiced.</summary>
public class GivenBackTests
{
    [Fact]
    public void A_line_gives_back_by_its_own_rate_whatever_another_gave_before()
    {
        var shelf = new Shelf("EUR").Sells(1, 3000, "0.24").Sells(2, 3000, "0");
        shelf.Subscribe("1 2", Day("2026-04-01"));
        _ = shelf.Bill(Day("2026-04-01"));
        var first = shelf.Run(shelf.Now(Day("2026-04-16"), "2")).OfType<CreditNoteIssued>().Single();
        (first.Net, first.Tax).ShouldBe((shelf.Amount(1500), shelf.Amount(360)));
        var last = shelf.CancelWithRefund(Day("2026-04-21")).ShouldHaveSingleItem();
        Figures(last).ShouldBe("10.00+0.00 = 10.00");
        last.Lines.Single().Description.ShouldBe("Item 2");
    }

    [Fact]
    public void An_invoice_is_credited_by_its_own_flag()
    {
        var shelf = new Shelf("EUR", pricesIncludeTax: true).Sells(1, 12400, "0.24");
        shelf.Subscribe("1", Day("2026-04-01"));
        _ = shelf.Bill(Day("2026-04-01"));
        shelf.PricesIncludeTax(false);
        shelf.RateIs(1, "0.11");
        Figures(shelf.CancelWithRefund(Day("2026-04-16")).ShouldHaveSingleItem()).ShouldBe("50.00+12.00 = 62.00");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_net_is_prorated_and_tax_follows_as_it_did_on_the_invoice(bool refund)
    {
        var shelf = new Shelf().Sells(1, 10000, "0.08875");
        shelf.Subscribe("1", Day("2026-04-01"));
        shelf.Bill(Day("2026-04-01")).Single().Total.ShouldBe(shelf.Amount(10888));
        var note = refund
            ? shelf.CancelWithRefund(Day("2026-04-10")).Single()
            : shelf.Run(new CreditSubscriptionPause(Breads, Bakery, null, Day("2026-04-10"))).OfType<CreditNoteIssued>().Single();
        Figures(note).ShouldBe("70.00+6.22 = 76.22");
    }

    [Fact]
    public void More_than_an_invoice_of_a_change_charged_is_given_back_by_the_one_before_each_rate_by_itself()
    {
        var shelf = new Shelf("EUR").Sells(1, 3000, "0.24").Sells(2, 6000, "0");
        shelf.Subscribe("1", Day("2026-04-01"));
        _ = shelf.Bill(Day("2026-04-01"));
        _ = shelf.Run(shelf.Now(Day("2026-04-16"), "2"));
        shelf.Capture(Day("2026-04-16"));
        var notes = shelf.CancelWithRefund(Day("2026-04-16"));
        notes.SelectMany(note => note.Lines).GroupBy(line => line.TaxRate.ToString()).Select(rate => (rate.Key, rate.Sum(line => line.Net.Amount), rate.Sum(line => line.Tax.Amount)))
            .ShouldBe([("0", 3000L, 0L), ("0.24", 0L, 0L)], ignoreOrder: true);
        notes.Count.ShouldBe(2);
    }

    [Fact]
    public void What_differs_in_tax_alone_has_a_document_of_nothing()
    {
        var shelf = new Shelf("EUR", pricesIncludeTax: true).Sells(1, 3100, "0.24").Sells(2, 3100, "0.11");
        shelf.Subscribe("1", Day("2026-04-01"));
        _ = shelf.Bill(Day("2026-04-01"));
        var issued = shelf.Run(shelf.Now(Day("2026-04-16"), "2")).OfType<InvoiceIssued>().Single();
        (issued.Total, issued.Tax).ShouldBe((shelf.Amount(0), shelf.Amount(-146)));
        Figures(shelf.CancelWithRefund(Day("2026-04-16"))[0]).ShouldNotBeEmpty();
    }

    [Fact]
    public void Goodwill_before_a_change_is_not_given_back_twice()
    {
        var shelf = new Shelf("EUR").Sells(1, 3000, "0.24").Sells(2, 6000, "0.24");
        shelf.Subscribe("1", Day("2026-04-01"));
        var invoice = shelf.Bill(Day("2026-04-01")).Single().Id;
        _ = shelf.Run(new IssueCreditNote(CreditNoteId.From(shelf.NextId()), invoice, null, "goodwill", Day("2026-04-02")));
        shelf.Run(shelf.Now(Day("2026-04-16"), "2")).OfType<InvoiceIssued>().Single().Net.ShouldBe(shelf.Amount(3000));
    }
}

/// <summary>A change within a period goes on with the coupons that reduced it.</summary>
public class CouponsOfAChangeTests
{
    private static readonly LocalDate Begin = Day("2026-04-01"), Middle = Day("2026-04-16");

    [Theory]
    [InlineData("0.5", "1", "1", "nothing")]
    [InlineData("0.5", "1", "2x1", "7.50")]
    [InlineData("0.5", "2x1", "3x1", "7.50")]
    [InlineData("1", "1", "3x1", "nothing")]
    [InlineData("0.5", "1 2", "2", "-7.50")]
    [InlineData("0.5", "1 2", "1 2", "nothing")]
    [InlineData("0.333333", "1 2", "2 1", "nothing")]
    public void What_is_charged_instead_is_reduced_as_what_is_given_back_was(string percentage, string before, string after, string comesTo)
    {
        foreach (var charges in new int?[] { null, 1, 2 })
        {
            var shelf = new Shelf().Sells(1, 3000, "0").Sells(2, 6000, "0").Offers(1, percentage, charges: charges);
            shelf.Subscribe(before, Begin, coupons: 1);
            _ = shelf.Bill(Begin);
            Change(shelf, shelf.Now(Middle, after)).ShouldBe(comesTo, $"good for {charges}");
            shelf.Bill(Day("2026-05-01")).Single().Lines.All(line => line.Discount is null)
                .ShouldBe(charges == 1, $"a change uses up no charge, good for {charges}");
        }
    }

    [Fact]
    public void A_fixed_amount_is_for_all_days_of_the_period()
    {
        var shelf = new Shelf().Sells(1, 3000, "0").Sells(2, 6000, "0").Offers(1, amount: new(1000, Currency.Parse("USD")));
        shelf.Subscribe("1", Begin, coupons: 1);
        _ = shelf.Bill(Begin);
        Change(shelf, shelf.Now(Middle, "2")).ShouldBe("15.00");
        Change(shelf, shelf.Now(Day("2026-04-21"), "2")).ShouldBe("nothing");
        Change(shelf, shelf.Now(Day("2026-04-21"), "1")).ShouldBe("-10.00");
    }

    [Fact]
    public void One_that_is_good_for_some_reduces_only_those()
    {
        var shelf = new Shelf().Sells(1, 3000, "0").Sells(2, 6000, "0").Offers(1, "0.5", goodFor: 1);
        shelf.Subscribe("1", Begin, coupons: 1);
        _ = shelf.Bill(Begin);
        Change(shelf, shelf.Now(Middle, "2")).ShouldBe("22.50");
        Change(shelf, shelf.Now(Middle, "1")).ShouldBe("-22.50");
    }

    [Theory]
    [InlineData("1", null, "nothing")]
    [InlineData("0.5", null, "7.50")]
    [InlineData("0.5", 1, "22.50")]
    public void Another_rhythm_begins_a_charge_of_its_own(string percentage, int? charges, string comesTo)
    {
        var shelf = new Shelf().Sells(1, 3000, "0").Offers(1, percentage, charges: charges);
        shelf.Subscribe("1", Begin, coupons: 1);
        _ = shelf.Bill(Begin);
        Change(shelf, shelf.Now(Middle, frequency: "yearly")).ShouldBe(comesTo);
    }

    [Fact]
    public void One_entered_after_the_invoice_reduces_neither_side_of_a_change()
    {
        var shelf = new Shelf().Sells(1, 3000, "0").Offers(1, "0.5");
        shelf.Subscribe("1", Begin);
        _ = shelf.Bill(Begin);
        _ = shelf.Run(new ApplyCoupon(Breads, Bakery, Coupon(1), Begin));
        Change(shelf, shelf.Now(Middle, "2x1")).ShouldBe("15.00");
        shelf.Bill(Day("2026-05-01")).Single().Total.ShouldBe(shelf.Amount(3000));
    }

    /// <summary>What the change comes to, as previewed and as made.</summary>
    private static string Change(Shelf shelf, ChangeSubscriptionNow change)
    {
        var preview = ChangePreview.Of(change, Breads, shelf.Tenant, shelf.Ledger).AsTask().GetAwaiter().GetResult();
        var made = shelf.Run(change);
        shelf.Capture(change.Today);
        var total = made.OfType<InvoiceIssued>().Select(one => one.Total).Concat(made.OfType<CreditNoteIssued>().Select(one => -one.Total)).ToList();
        var shown = (preview.Invoice is { } issued ? (Money[])[issued.Total] : []).Concat(preview.Credits.Select(one => -one.Total));
        shown.ShouldBe(total);
        return total.Count == 0 ? "nothing" : Money.Sum(shelf.Currency, total).ToDecimalString();
    }
}

/// <summary>The day of the month survives a change of rhythm.</summary>
public class AnchorOfAChangeTests
{
    [Fact]
    public void The_last_day_of_a_short_month_stands_for_the_day_it_stood_for()
    {
        var shelf = Month("2024-01-31");
        _ = shelf.Ledger.Run(new ChangeSubscriptionFrequency(Breads, Frequency.Quarterly));
        shelf.Bill(Day("2024-09-01")).Select(one => one.Period!.Value.From).ShouldBe([Day("2024-02-29"), Day("2024-05-31"), Day("2024-08-31")]);
    }

    [Fact]
    public void There_and_back_again()
    {
        var shelf = Month("2024-01-31");
        foreach (var frequency in new[] { "quarterly", "yearly", "monthly" })
            _ = shelf.Run(new ChangeSubscriptionPlan(Breads, null, Frequency.Parse(frequency), Day("2024-02-10")));
        shelf.Bill(Day("2024-04-01")).Select(one => one.Period!.Value.From).ShouldBe([Day("2024-02-29"), Day("2024-03-31")]);
    }

    [Fact]
    public void Now_on_that_last_day()
    {
        var shelf = Month("2024-01-31");
        _ = shelf.Bill(Day("2024-02-29"));
        _ = shelf.Run(shelf.Now(Day("2024-02-29"), frequency: "quarterly"));
        shelf.State.NextPeriod!.Value.From.ShouldBe(Day("2024-05-31"));
    }

    [Fact]
    public void Paused_and_resumed_or_cancelled_and_taken_back_on_it()
    {
        var shelf = Month("2024-01-31");
        _ = shelf.Ledger.Run(new PauseSubscription(Breads, null, Day("2024-02-10")));
        _ = shelf.Ledger.Run(new ResumeSubscription(Breads, Day("2024-04-30")));
        shelf.Bill(Day("2024-06-01")).Select(one => one.Period!.Value.From).ShouldBe([Day("2024-04-30"), Day("2024-05-31")]);
        _ = shelf.Ledger.Run(new CancelSubscription(Breads, AtPeriodEnd: false, null, Day("2024-06-10")));
        _ = shelf.Run(new ReactivateSubscription(Breads, Day("2024-09-30")));
        shelf.Bill(Day("2024-11-01")).Select(one => one.Period!.Value.From).ShouldBe([Day("2024-09-30"), Day("2024-10-31")]);
    }

    private static Shelf Month(string start)
    {
        var shelf = new Shelf().Sells(1, 3000, "0");
        shelf.Subscribe("1", Day(start));
        _ = shelf.Bill(Day(start));
        return shelf;
    }
}

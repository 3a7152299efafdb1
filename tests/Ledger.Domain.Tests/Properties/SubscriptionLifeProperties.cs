using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Properties;

/// <summary>Four hundred days of a subscription, worked off daily but for outages, with pauses and failures by chance.</summary>
public class SubscriptionLifeProperties
{
    private static readonly Frequency[] Frequencies =
        [Frequency.Daily, Frequency.Weekly, Frequency.Monthly, Frequency.Quarterly, new(2, FrequencyUnit.Week), new(45, FrequencyUnit.Day)];

    [Fact]
    public void No_period_is_billed_twice_and_none_overlaps_another() => Check(log =>
    {
        var periods = log.OfType<SubscriptionBilled>().Select(billed => billed.Period).ToList();
        periods.Zip(periods.Skip(1)).ShouldAllBe(pair => pair.First.Until <= pair.Second.From);
        log.OfType<InvoiceIssued>().Select(issued => issued.Id).ShouldBeUnique();
        log.OfType<InvoiceIssued>().Select(issued => issued.Period!.Value).ShouldBe(periods);
    });

    [Fact]
    public void The_dates_of_every_period_follow_from_the_anchor() => Check(log =>
    {
        var (anchor, frequency) = (new BillingAnchor(Start), Frequency.Monthly);
        foreach (var happened in log)
        {
            if (happened is SubscriptionCreated made) frequency = made.Frequency;
            if (happened is SubscriptionActivated active) anchor = new(active.Anchor);
            if (happened is SubscriptionResumed { Anchor: { } later } resumed) anchor = new(later, resumed.DayOfMonth);
            if (happened is SubscriptionFrequencyChanged changed) (anchor, frequency) = (new(changed.Anchor, changed.DayOfMonth), changed.Frequency);
            if (happened is not SubscriptionBilled billed) continue;
            var index = BillingCalendar.IndexOf(anchor, frequency, billed.Period.From);
            billed.Period.ShouldBe(BillingCalendar.PeriodAt(anchor, frequency, index));
        }
    });

    [Fact]
    public void Without_a_pause_no_day_goes_unbilled() => Check(
        log =>
        {
            var periods = log.OfType<SubscriptionBilled>().Select(billed => billed.Period).ToList();
            periods.Zip(periods.Skip(1)).ShouldAllBe(pair => pair.First.Until == pair.Second.From);
        },
        pauses: false);

    [Fact]
    public void Lines_add_up_to_their_invoice() => Check(log =>
    {
        foreach (var issued in log.OfType<InvoiceIssued>())
        {
            Money.Sum(Krona, issued.Lines.Select(line => line.Net)).ShouldBe(issued.Net);
            Money.Sum(Krona, issued.Lines.Select(line => line.Tax)).ShouldBe(issued.Tax);
            (issued.Net + issued.Tax).ShouldBe(issued.Total);
            Money.Sum(Krona, issued.Lines.Select(line => line.Amount)).ShouldBe(issued.PricesIncludeTax ? issued.Total : issued.Net);
        }
    });

    [Fact]
    public void Each_payment_is_captured_at_most_once_and_tried_at_most_once_a_day() => Check(log =>
    {
        log.OfType<PaymentCaptured>().Select(captured => captured.Id).ShouldBeUnique();
        log.OfType<InvoicePaid>().Select(paid => paid.Id).ShouldBeUnique();
        log.OfType<PaymentInitiated>().Select(begun => (begun.Id, begun.On))
            .Concat(log.OfType<PaymentRetried>().Select(again => (again.Id, again.On))).ShouldBeUnique();
    });

    [Fact]
    public void Once_it_has_ended_nothing_more_is_billed() => Check(log =>
    {
        var end = log.FindIndex(one => one is SubscriptionCancelled or SubscriptionExpired);
        if (end >= 0) log[(end + 1)..].ShouldAllBe(one => one is PaymentCaptured || one is PaymentFailed || one is InvoicePaid || one is PaymentOutcomeUnknown);
    });

    private static void Check(Action<List<IEvent>> holds, bool pauses = true) => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => holds(Live(new Picker(seed), pauses))).QuickCheckThrowOnFailure();

    private static List<IEvent> Live(Picker pick, bool pauses)
    {
        var ledger = new MemoryLedger();
        var start = Day("2024-01-01").PlusDays(pick.Int(0, 400));
        ledger.Append(Bakery.Stream, BakeryCreated with { PricesIncludeTax = pick.Chance(50), Dunning = AnyTerms(pick) });
        ledger.Append(Jon.Stream, JonCreated);
        ledger.Append(JonsWallet, Added(Visa), VisaIsDefault);
        ledger.Append(Rye.Stream, RyeCreated);
        WantedItem[] items = [.. Enumerable.Range(0, pick.Int(1, 4)).Select(i => new WantedItem(
            Number(300 + i), pick.One<ProductVariationId?>(Rye, null), null, pick.Int(1, 5), Isk(pick.Int(1, 99_999)), Rate(pick.One("0", "0.11", "0.24"))))];
        _ = ledger.Run(new CreateSubscription(Breads, Bakery, Jon, start, pick.One(Frequencies), Krona, items, null, null, null, start.PlusDays(-pick.Int(0, 9))));

        var declinePercent = pick.One(0, 10, 60);
        var outage = 0;
        for (var day = 0; day < 400; day++)
        {
            var today = start.PlusDays(day);
            if (pauses) Interfere(ledger, pick, today);
            if (outage-- <= 0) WorkOff(ledger, pick, today, declinePercent);
            if (outage < 0 && pick.Chance(2)) outage = pick.Int(1, 60);
        }

        return [.. ledger.Log.Select(one => one.Event)];
    }

    private static DunningSettings AnyTerms(Picker pick) => new(
        pick.Int(1, 25), pick.Int(1, 25), pick.Chance(40) ? [.. Enumerable.Range(0, pick.Int(1, 5)).Select(_ => pick.Int(1, 9))] : null,
        pick.One<int?>(null, 5), pick.Chance(50));

    private static void Interfere(MemoryLedger ledger, Picker pick, LocalDate today)
    {
        if (pick.Chance(2)) _ = ledger.Run(new PauseSubscription(Breads, null, today));
        if (pick.Chance(4)) _ = ledger.Run(new ResumeSubscription(Breads, today));
        if (pick.Chance(1)) _ = ledger.Run(new ChangeSubscriptionFrequency(Breads, pick.One(Frequencies)));
        if (pick.Int(1, 600) == 1) _ = ledger.Run(new CancelSubscription(Breads, pick.Chance(70), null, today));
    }

    /// <summary>All that is due, in any order, until nothing is; each attempt is answered now, later, or both.</summary>
    private static void WorkOff(MemoryLedger ledger, Picker pick, LocalDate today, int declinePercent)
    {
        for (var more = true; more;)
        {
            var before = ledger.Log.Count;
            _ = ledger.Run(new BillSubscription(Breads, Bakery, today));
            if (pick.Chance(20)) _ = ledger.Run(new BillSubscription(Breads, Bakery, today.PlusDays(-1)));
            _ = ledger.Run(new ChaseSubscription(Breads, Bakery, today));
            if (pick.Chance(90)) Answer(ledger, pick, today, declinePercent);
            more = ledger.Log.Count > before;
        }
    }

    private static void Answer(MemoryLedger ledger, Picker pick, LocalDate today, int declinePercent)
    {
        var id = ledger.Log.Select(one => one.Event).OfType<PaymentInitiated>().LastOrDefault()?.Id;
        if (id is not { } payment || ledger.State<Payment, PaymentEvent>(payment.Stream) is not Payment.Known { IsCharging: true } known) return;
        if (pick.Chance(5)) _ = ledger.Run(new RecordUnknownOutcome(payment, known.Attempts, today));
        var result = pick.Chance(declinePercent) ? new ChargeResult("ch", "card_declined", IsHardFailure: pick.Chance(10)) : new ChargeResult("ch");
        var record = new RecordCharge(payment, Bakery, known.Attempts, result, today);
        _ = ledger.Run(record);
        if (pick.Chance(20)) _ = ledger.Run(record);
    }
}

using FsCheck;
using FsCheck.Fluent;
using static Ledger.Domain.Tests.Examples;

namespace Ledger.Domain.Tests.Properties;

/// <summary>Chases on any terms, with any answers, with cards that come and go.</summary>
public class DunningProperties
{
    private static readonly PaymentId November = PaymentOf("2025-11-01");
    private static readonly PaymentMethodId[] Cards = [Visa, Amex, Maestro];

    [Fact]
    public void The_schedule_never_tries_too_often_and_no_card_is_tried_twice_on_a_day() => Check((ledger, terms) =>
    {
        var tries = Tries(ledger);
        tries.Where(one => one.Card is not null).Select(one => (one.On, one.Card)).ShouldBeUnique();
        var beyond = tries.Skip(terms.Attempts).Select(one => one.Card).ToList();
        beyond.ShouldAllBe(card => card != null);
        beyond.ShouldBeUnique();
        beyond.Intersect(tries.Take(terms.Attempts).Select(one => one.Card)).ShouldBeEmpty();
    });

    [Fact]
    public void A_chase_ends_once_by_recovery_by_its_cancellation_or_on_its_day() => Check((ledger, terms) =>
    {
        var log = ledger.Log.Select(one => one.Event).ToList();
        var end = log.Where(one => one is SubscriptionRecovered or SubscriptionExpired or SubscriptionCancelled).ShouldHaveSingleItem();
        if (end is SubscriptionExpired expired) expired.On.ShouldBe(Start.PlusDays(terms.CancelledAfterDays));
        if (end is SubscriptionCancelled cancelled)
            cancelled.On.ShouldBe(log.OfType<SubscriptionCancelScheduled>().Single().EndsOn, "It was to be cancelled on that day or before it expires.");
        log.OfType<PaymentCaptured>().Count().ShouldBeLessThanOrEqualTo(1);
    });

    [Fact]
    public void A_card_that_was_declined_for_good_is_tried_once_unless_the_terms_say_otherwise() => Check((ledger, terms) =>
    {
        if (terms.RetryHardDeclines) return;
        var log = ledger.Log.Select(one => one.Event).ToList();
        var tries = Tries(ledger);
        foreach (var hard in log.OfType<PaymentFailed>().Where(one => one.IsHard))
            tries.Skip(hard.Attempt).ShouldNotContain(later => later.Card == tries[hard.Attempt - 1].Card);
    });

    [Fact]
    public void What_is_forecast_is_what_then_happens() => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var pick = new Picker(seed);
        var (ledger, terms) = Begin(pick);
        for (var day = 0; day < pick.Int(0, terms.CancelledAfterDays); day++) Day(ledger, pick, Start.PlusDays(day), capturePercent: 0, hardPercent: 20, changes: true);
        var today = ledger.Log.Select(one => one.Event).Max(one => one switch { PaymentRetried again => again.On, PaymentFailed failed => failed.On, _ => Start });
        if (DunningForecast.Of(Subscription(ledger), ledger.State<Payment, PaymentEvent>(November.Stream), ledger.State<Wallet, WalletEvent>(JonsWallet), today) is not { } forecast) return;

        var before = ledger.Log.Count;
        for (var day = today; !Subscription(ledger).IsEnded; day = day.PlusDays(1)) Day(ledger, pick, day, capturePercent: 0, hardPercent: 0, changes: false);
        ledger.Log.Skip(before).Select(one => Step(one.Event)).OfType<DunningStep>().Select(step => step with { Attempt = null })
            .ShouldBe(forecast.Steps.Select(step => step with { Attempt = null }), $"seed {seed}");
    }).QuickCheckThrowOnFailure();

    private static DunningStep? Step(IEvent happened) => happened switch
    {
        PaymentRetried again => new(again.On, DunningStepKind.Attempt),
        SubscriptionErrored errored => new(errored.On, DunningStepKind.Error),
        SubscriptionExpired expired => new(expired.On, DunningStepKind.Expiry),
        SubscriptionCancelled cancelled => new(cancelled.On, DunningStepKind.Cancellation),
        _ => null,
    };

    private static void Check(Action<MemoryLedger, DunningSettings> holds) => Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
    {
        var pick = new Picker(seed);
        var (ledger, terms) = Begin(pick);
        var capturePercent = pick.One(0, 5, 30);
        for (var day = 0; day <= terms.CancelledAfterDays; day++) Day(ledger, pick, Start.PlusDays(day), capturePercent, hardPercent: 15, changes: true);
        holds(ledger, terms);
    }).QuickCheckThrowOnFailure();

    /// <summary>A shop whose first attempt of November failed.</summary>
    private static (MemoryLedger Ledger, DunningSettings Terms) Begin(Picker pick)
    {
        var shop = Shop();
        var terms = new DunningSettings(
            pick.Int(1, 12), pick.Int(1, 30), pick.Chance(50) ? [.. Enumerable.Range(0, pick.Int(1, 6)).Select(_ => pick.Int(1, 9))] : null,
            pick.One<int?>(null, 3), pick.Chance(30));
        _ = shop.After(new ChangeDunningConfig(Bakery, terms.SettlingAttempts, terms.CancelledAfterDays, terms.Waits, terms.GraceDays, terms.RetryHardDeclines))
            .After(Bill("2025-11-01")).And(JonsWallet, Added(Amex), Added(Maestro))
            .After(new RecordCharge(November, Bakery, 1, new ChargeResult("ch", "card_declined", pick.Chance(20)), Start));
        if (pick.Chance(10)) _ = shop.After(new CancelSubscription(Breads, AtPeriodEnd: true, null, Start));
        return (shop.Ledger, terms);
    }

    /// <summary>A day on which the chase is looked at once or more often, and each attempt is answered.</summary>
    private static void Day(MemoryLedger ledger, Picker pick, LocalDate today, int capturePercent, int hardPercent, bool changes)
    {
        for (var looks = 0; looks < pick.Int(1, 3); looks++)
        {
            if (changes && pick.Chance(10)) _ = ledger.Run(new SetDefaultPaymentMethod(pick.One(Cards), Jon));
            _ = ledger.Run(new ChaseSubscription(Breads, Bakery, today));
            if (ledger.State<Payment, PaymentEvent>(November.Stream) is not Payment.Known { IsCharging: true } payment) continue;
            var result = pick.Chance(capturePercent) ? new ChargeResult("ch") : new ChargeResult("ch", "card_declined", pick.Chance(hardPercent));
            _ = ledger.Run(new RecordCharge(November, Bakery, payment.Attempts, result, today));
        }
    }

    private static List<(LocalDate On, PaymentMethodId? Card)> Tries(MemoryLedger ledger) =>
    [
        .. ledger.Log.Select(one => one.Event).Select(one => one switch
        {
            PaymentInitiated begun => (begun.On, begun.PaymentMethodId),
            PaymentRetried again => (again.On, again.PaymentMethodId),
            _ => ((LocalDate, PaymentMethodId?)?)null,
        }).OfType<(LocalDate, PaymentMethodId?)>(),
    ];

    private static Subscription.Known Subscription(MemoryLedger ledger) =>
        (Subscription.Known)ledger.State<Subscription, SubscriptionEvent>(Breads.Stream);
}

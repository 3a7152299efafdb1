using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Dunning;

public class ChaseSubscriptionTests
{
    private static readonly PaymentId November = PaymentOf("2025-11-01");

    [Fact]
    public void By_default_there_are_attempts_on_days_0_to_19_then_error_then_expiry()
    {
        var shop = LateShop();
        var told = DeclineDaily(shop, days: 25);
        told.Where(one => one.What == nameof(PaymentRetried)).Select(one => one.Day).ShouldBe(Enumerable.Range(1, 19));
        told.Single(one => one.What == nameof(SubscriptionErrored)).Day.ShouldBe(19);
        told.Single(one => one.What == nameof(SubscriptionExpired)).Day.ShouldBe(20);
        told[^1].What.ShouldBe(nameof(SubscriptionExpired));
        ((Payment.Known)shop.Ledger.State<Payment, PaymentEvent>(November.Stream)).Attempts.ShouldBe(20);
    }

    [Fact]
    public void With_fewer_days_than_attempts_it_expires_without_ever_being_in_error()
    {
        var shop = Shop().After(new ChangeDunningConfig(Bakery, 20, 3)).After(Bill("2025-11-01")).After(Decline("2025-11-01", "2025-11-01"));
        var told = DeclineDaily(shop, days: 6);
        told.Where(one => one.What == nameof(PaymentRetried)).Select(one => one.Day).ShouldBe([1, 2]);
        told.ShouldNotContain(one => one.What == nameof(SubscriptionErrored));
        told.Single(one => one.What == nameof(SubscriptionExpired)).Day.ShouldBe(3);
    }

    [Fact]
    public void The_next_attempt_charges_what_is_to_be_charged_now() => LateShop()
        .And(JonsWallet, Added(Amex)).After(new ChangeSubscriptionPaymentMethod(Breads, Amex, Day("2025-11-02")))
        .When(Chase("2025-11-02"))
        .Then(
            new InvoiceOverdue(InvoiceOf("2025-11-01"), Day("2025-11-02")),
            new PaymentRetried(November, 2, Amex, "mock", Day("2025-11-02")));

    [Fact]
    public void There_is_one_attempt_a_day()
    {
        LateShop().When(Chase("2025-11-01")).ThenNothing();
        LateShop().After(Chase("2025-11-02")).After(Decline("2025-11-01", "2025-11-02", attempt: 2)).When(Chase("2025-11-02")).ThenNothing();
    }

    [Fact]
    public void A_missed_day_is_not_made_up_for() => LateShop().When(Chase("2025-11-05"))
        .Events.OfType<PaymentRetried>().Single().Attempt.ShouldBe(2);

    [Fact]
    public void The_invoice_becomes_overdue_once()
    {
        var shop = LateShop().After(Chase("2025-11-02")).After(Decline("2025-11-01", "2025-11-02", attempt: 2));
        shop.When(Chase("2025-11-03")).ThenKinds(typeof(PaymentRetried));
    }

    [Fact]
    public void It_becomes_overdue_though_no_attempt_is_left() => ErroredShop().When(Chase("2025-11-02"))
        .Then(new InvoiceOverdue(InvoiceOf("2025-11-01"), Day("2025-11-02")));

    [Fact]
    public void It_becomes_overdue_even_on_the_day_of_expiry() => LateShop().When(Chase("2025-12-01"))
        .Then(new InvoiceOverdue(InvoiceOf("2025-11-01"), Day("2025-12-01")), new SubscriptionExpired(Breads, Day("2025-12-01")));

    [Fact]
    public void While_an_attempt_is_under_way_nothing_else_happens() =>
        LateShop().After(Chase("2025-11-02")).When(Chase("2025-11-30")).ThenNothing();

    [Fact]
    public void Without_a_method_it_waits_for_one()
    {
        var shop = LateShop().And(JonsWallet, new PaymentMethodRemoved(Visa, Jon)).After(Chase("2025-11-02"));
        shop.When(Chase("2025-11-03")).ThenNothing();
        shop.And(JonsWallet, Added(Amex), new DefaultPaymentMethodChanged(Amex, Jon)).When(Chase("2025-11-03"))
            .Then(new PaymentRetried(November, 2, Amex, "mock", Day("2025-11-03")));
    }

    [Fact]
    public void Where_hard_declines_are_retried_an_attempt_without_a_method_fails_at_once()
    {
        var shop = Stubborn(20).And(JonsWallet, new PaymentMethodRemoved(Visa, Jon));
        shop.When(Chase("2025-11-02")).Then(
            new InvoiceOverdue(InvoiceOf("2025-11-01"), Day("2025-11-02")),
            new PaymentRetried(November, 2, null, null, Day("2025-11-02")),
            new PaymentFailed(November, 2, "no_payment_method", IsHard: true, Day("2025-11-02")));
        shop.When(Chase("2025-11-02")).ThenNothing();
    }

    [Fact]
    public void Then_the_last_attempt_ends_in_error_too() => Stubborn(2).And(JonsWallet, new PaymentMethodRemoved(Visa, Jon))
        .When(Chase("2025-11-02"))
        .ThenKinds(typeof(InvoiceOverdue), typeof(PaymentRetried), typeof(PaymentFailed), typeof(SubscriptionErrored));

    [Fact]
    public void A_subscription_in_error_is_not_charged_again_by_itself() => ErroredShop().After(Chase("2025-11-02")).When(Chase("2025-11-03")).ThenNothing();

    [Fact]
    public void A_subscription_in_error_expires_on_its_day() => ErroredShop().After(Chase("2025-11-02"))
        .When(Chase("2025-11-21")).Then(new SubscriptionExpired(Breads, Day("2025-11-21")));

    [Fact]
    public void After_an_outage_it_expires_on_the_day_that_finds_it() => LateShop().After(Chase("2025-11-02"))
        .After(Decline("2025-11-01", "2025-11-02", attempt: 2))
        .When(Chase("2026-01-09")).Then(new SubscriptionExpired(Breads, Day("2026-01-09")));

    [Fact]
    public void A_cancellation_whose_day_has_come_goes_before_expiry() => LateShop().After(Chase("2025-11-02"))
        .After(Decline("2025-11-01", "2025-11-02", attempt: 2))
        .After(new CancelSubscription(Breads, AtPeriodEnd: true, null, Day("2025-11-05")))
        .When(Chase("2025-12-01")).Then(new SubscriptionCancelled(Breads, Day("2025-12-01")));

    [Fact]
    public void With_nothing_to_chase_nothing_happens()
    {
        PaidShop().When(Chase("2025-11-02")).ThenNothing();
        Pending().When(Chase("2025-11-02")).ThenNothing();
        LateShop().After(new CancelSubscription(Breads, AtPeriodEnd: false, null, Start)).When(Chase("2025-11-02")).ThenNothing();
    }

    [Fact]
    public void After_expiry_nothing_happens() => LateShop().After(Chase("2026-01-09")).When(Chase("2026-01-10")).ThenNothing();

    [Fact]
    public void A_subscription_nobody_created_is_refused() =>
        JointScenario.Given().When(Chase("2025-11-01")).ThenRejected(SubscriptionRejections.NotFound);

    private static JointScenario Stubborn(int attempts) => Shop()
        .After(new ChangeDunningConfig(Bakery, attempts, 20, RetryHardDeclines: true)).After(Bill("2025-11-01")).After(Decline("2025-11-01", "2025-11-01"));

    private static JointScenario ErroredShop() => Shop()
        .After(new ChangeDunningConfig(Bakery, 1, 20)).After(Bill("2025-11-01")).After(Decline("2025-11-01", "2025-11-01"));

    /// <summary>Chases once a day from day 1, and declines what is charged: what happened to the subscription and its payment, by day.</summary>
    private static List<(int Day, string What)> DeclineDaily(JointScenario shop, int days)
    {
        var told = new List<(int, string)>();
        for (var day = 1; day <= days; day++)
        {
            var today = Start.PlusDays(day);
            var chased = shop.When(new ChaseSubscription(Breads, Bakery, today)).Events;
            var answers = chased.OfType<PaymentRetried>().SelectMany(again => shop.When(
                new RecordCharge(again.Id, Bakery, again.Attempt, new ChargeResult("ch_1", "card_declined"), today)).Events);
            told.AddRange(chased.Concat(answers).Select(one => (day, one.GetType().Name)));
        }

        return told;
    }
}

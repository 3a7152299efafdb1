using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Payments;

public class RecordChargeTests
{
    private static readonly PaymentId November = PaymentOf("2025-11-01");

    [Fact]
    public void Money_taken_pays_the_invoice() => Shop().After(Bill("2025-11-01"))
        .When(Capture("2025-11-01", "2025-11-01"))
        .Then(
            new PaymentCaptured(November, 1, "ch_1", Start, Isk(15000), "mock", false),
            new InvoicePaid(InvoiceOf("2025-11-01"), November, Isk(15000), Start));

    [Fact]
    public void The_first_failure_begins_the_chase_on_the_terms_of_that_day() => Shop()
        .After(Bill("2025-11-01"))
        .After(new ChangeDunningConfig(Bakery, 5, 30))
        .When(Decline("2025-11-01", "2025-11-02"))
        .Then(
            new PaymentFailed(November, 1, "card_declined", IsHard: false, Day("2025-11-02"), "ch_1"),
            new SubscriptionPastDue(Breads, InvoiceOf("2025-11-01"), November, Day("2025-11-02"), 5, Day("2025-12-02")));

    [Fact]
    public void A_chase_that_has_begun_keeps_its_terms()
    {
        var shop = LateShop().After(new ChangeDunningConfig(Bakery, 2, 30)).After(Chase("2025-11-02"));
        shop.When(Decline("2025-11-01", "2025-11-02", attempt: 2)).ThenKinds(typeof(PaymentFailed));
    }

    [Fact]
    public void The_last_failure_puts_the_subscription_in_error()
    {
        var shop = Shop().After(new ChangeDunningConfig(Bakery, 2, 20)).After(Bill("2025-11-01"))
            .After(Decline("2025-11-01", "2025-11-01")).After(Chase("2025-11-02"));
        shop.When(Decline("2025-11-01", "2025-11-02", attempt: 2)).Then(
            new PaymentFailed(November, 2, "card_declined", IsHard: false, Day("2025-11-02"), "ch_1"),
            new SubscriptionErrored(Breads, Day("2025-11-02")));
    }

    [Fact]
    public void With_one_attempt_the_first_failure_is_the_last() => Shop()
        .After(new ChangeDunningConfig(Bakery, 1, 20)).After(Bill("2025-11-01"))
        .When(Decline("2025-11-01", "2025-11-01"))
        .ThenKinds(typeof(PaymentFailed), typeof(SubscriptionPastDue), typeof(SubscriptionErrored));

    [Fact]
    public void A_late_payment_brings_the_subscription_back() => LateShop().After(Chase("2025-11-02"))
        .When(Capture("2025-11-01", "2025-11-02", attempt: 2))
        .Then(
            new PaymentCaptured(November, 2, "ch_1", Day("2025-11-02"), Isk(15000), "mock", false),
            new InvoicePaid(InvoiceOf("2025-11-01"), November, Isk(15000), Day("2025-11-02")),
            new SubscriptionRecovered(Breads, Day("2025-11-02")));

    [Fact]
    public void After_it_recovered_the_billing_day_is_unchanged()
    {
        var shop = LateShop().After(Chase("2025-11-03")).After(Capture("2025-11-01", "2025-11-03", attempt: 2));
        shop.Breadly().Status.ShouldBe(SubscriptionStatus.Active);
        shop.Breadly().Chase.ShouldBeNull();
        shop.Breadly().NextPeriod.ShouldBe(Days("2025-12-01", "2026-01-01"));
    }

    [Fact]
    public void What_was_paused_while_the_charge_was_under_way_is_on_hold_again()
    {
        var shop = Shop().After(Bill("2025-11-01")).After(new PauseSubscription(Breads, null, Day("2025-11-01"))).After(Decline("2025-11-01", "2025-11-01"));
        shop.Breadly().Status.ShouldBe(SubscriptionStatus.PastDue);
        shop.After(Chase("2025-11-03")).After(Capture("2025-11-01", "2025-11-03", attempt: 2)).Breadly().Status.ShouldBe(SubscriptionStatus.OnHold);
    }

    [Fact]
    public void Even_a_subscription_in_error_recovers() => LateShop()
        .And(Breads.Stream, new SubscriptionErrored(Breads, Day("2025-11-20")))
        .And(November.Stream, new PaymentRetried(November, 21, Visa, "mock", Day("2025-11-20")))
        .When(Capture("2025-11-01", "2025-11-20", attempt: 21))
        .ThenKinds(typeof(PaymentCaptured), typeof(InvoicePaid), typeof(SubscriptionRecovered));

    [Fact]
    public void A_failure_in_error_has_no_further_consequence() => LateShop()
        .And(Breads.Stream, new SubscriptionErrored(Breads, Day("2025-11-20")))
        .And(November.Stream, new PaymentRetried(November, 21, Visa, "mock", Day("2025-11-20")))
        .When(Decline("2025-11-01", "2025-11-20", attempt: 21)).ThenKinds(typeof(PaymentFailed));

    [Fact]
    public void Money_taken_after_a_cancellation_still_pays_the_invoice() => Shop().After(Bill("2025-11-01"))
        .After(new CancelSubscription(Breads, AtPeriodEnd: false, null, Start))
        .When(Capture("2025-11-01", "2025-11-01"))
        .ThenKinds(typeof(PaymentCaptured), typeof(InvoicePaid));

    [Fact]
    public void A_failure_after_a_cancellation_begins_no_chase() => Shop().After(Bill("2025-11-01"))
        .After(new CancelSubscription(Breads, AtPeriodEnd: false, null, Start))
        .When(Decline("2025-11-01", "2025-11-01")).ThenKinds(typeof(PaymentFailed));

    [Fact]
    public void The_same_answer_again_changes_nothing()
    {
        PaidShop().When(Capture("2025-11-01", "2025-11-01")).ThenNothing();
        LateShop().When(Decline("2025-11-01", "2025-11-01")).ThenNothing();
    }

    [Fact]
    public void A_late_answer_to_an_earlier_attempt_changes_nothing() => LateShop().After(Chase("2025-11-02"))
        .When(Decline("2025-11-01", "2025-11-02", attempt: 1)).ThenNothing();

    [Fact]
    public void An_outcome_that_was_not_known_may_come_to_be_known() => Shop().After(Bill("2025-11-01"))
        .After(new RecordUnknownOutcome(November, 1, Start))
        .When(Capture("2025-11-01", "2025-11-01")).ThenKinds(typeof(PaymentCaptured), typeof(InvoicePaid));

    [Fact]
    public void A_payment_without_a_subscription_has_no_other_consequence()
    {
        var single = PaymentId.From(Number(70));
        var begun = new PaymentInitiated(single, InvoiceId.From(Number(71)), Jon, null, Isk(100), Visa, "mock", Start);
        var result = new ChargeResult(null, "card_declined", IsHardFailure: true);
        JointScenario.Given(single.Stream, begun).When(new RecordCharge(single, Bakery, 1, result, Start))
            .Then(new PaymentFailed(single, 1, "card_declined", IsHard: true, Start));
        JointScenario.Given(single.Stream, begun).When(new RecordCharge(single, Bakery, 1, new ChargeResult("ch"), Start))
            .Then(new PaymentCaptured(single, 1, "ch", Start, Isk(100), "mock", false));
    }

    [Fact]
    public void A_payment_nobody_began_is_refused() =>
        Shop().When(Capture("2025-11-01", "2025-11-01")).ThenRejected(PaymentRejections.NotFound);
}

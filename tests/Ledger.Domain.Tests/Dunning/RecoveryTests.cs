using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Dunning;

/// <summary>What brings the money of a chase before its next attempt, and what keeps an attempt from being made.</summary>
public class RecoveryTests
{
    private static readonly PaymentId November = PaymentOf("2025-11-01");
    private static readonly InvoiceId Unpaid = InvoiceOf("2025-11-01");

    [Fact]
    public void A_card_that_was_declined_for_good_is_not_tried_again_and_the_days_run_on()
    {
        var shop = RefusedShop().After(Chase("2025-11-02"));
        shop.When(Chase("2025-11-03")).ThenNothing();
        shop.When(Chase("2025-11-21")).Then(new SubscriptionExpired(Breads, Day("2025-11-21")));
    }

    [Fact]
    public void Nor_is_it_after_another_card_was_declined_softly() => RefusedShop()
        .And(JonsWallet, Added(Amex), new DefaultPaymentMethodChanged(Amex, Jon)).After(Chase("2025-11-02"))
        .After(Decline("2025-11-01", "2025-11-02", attempt: 2)).And(JonsWallet, VisaIsDefault)
        .When(Chase("2025-11-03")).ThenNothing();

    [Fact]
    public void A_new_card_is_tried_at_once_even_on_a_day_of_which_the_attempt_was_made()
    {
        var shop = LateShop().And(JonsWallet, Added(Amex), new DefaultPaymentMethodChanged(Amex, Jon));
        shop.When(Chase("2025-11-01")).Then(new PaymentRetried(November, 2, Amex, "mock", Start));
        var declined = shop.After(Chase("2025-11-01")).After(Decline("2025-11-01", "2025-11-01", attempt: 2));
        declined.When(Chase("2025-11-01")).ThenNothing();
        declined.And(JonsWallet, VisaIsDefault).When(Chase("2025-11-01")).ThenNothing();
    }

    [Fact]
    public void A_new_card_recovers_a_subscription_in_error_too()
    {
        NewCardInError().After(Decline("2025-11-01", "2025-11-01", attempt: 2)).When(Chase("2025-11-03"))
            .Then(new InvoiceOverdue(Unpaid, Day("2025-11-03")));
        NewCardInError().When(Capture("2025-11-01", "2025-11-01", attempt: 2))
            .ThenKinds(typeof(PaymentCaptured), typeof(InvoicePaid), typeof(SubscriptionRecovered));

        static JointScenario NewCardInError() => Shop()
            .After(new ChangeDunningConfig(Bakery, 1, 20)).After(Bill("2025-11-01")).After(Decline("2025-11-01", "2025-11-01"))
            .And(JonsWallet, Added(Amex)).After(new ChangeSubscriptionPaymentMethod(Breads, Amex, Start)).After(Chase("2025-11-01"));
    }

    [Fact]
    public void The_balance_pays_first_and_the_subscription_recovers()
    {
        var shop = LateShop().After(Credit(15000)).After(Chase("2025-11-01"));
        shop.Breadly().Status.ShouldBe(SubscriptionStatus.Active);
        shop.When(Chase("2025-11-02")).ThenNothing();
        shop.When(Bill("2025-12-01")).ThenKinds(typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(PaymentInitiated));
    }

    [Fact]
    public void What_the_balance_leaves_is_charged_and_no_more()
    {
        var shop = LateShop().After(Credit(4000)).After(Chase("2025-11-01"));
        shop.Breadly().Status.ShouldBe(SubscriptionStatus.PastDue);
        shop.When(Chase("2025-11-02")).Then(
            new InvoiceOverdue(Unpaid, Day("2025-11-02")), new PaymentRetried(November, 2, Visa, "mock", Day("2025-11-02"), Isk(11000)));
        shop.After(Chase("2025-11-02")).When(Capture("2025-11-01", "2025-11-02", attempt: 2)).Then(
            new PaymentCaptured(November, 2, "ch_1", Day("2025-11-02"), Isk(11000), "mock", false),
            new InvoicePaid(Unpaid, November, Isk(11000), Day("2025-11-02")), new SubscriptionRecovered(Breads, Day("2025-11-02")));
    }

    [Fact]
    public void While_an_attempt_is_under_way_the_balance_is_left_alone() =>
        LateShop().After(Chase("2025-11-02")).After(Credit(15000)).When(Chase("2025-11-02")).ThenNothing();

    [Fact]
    public void An_invoice_that_is_not_owed_any_more_is_not_chased() => LateShop()
        .After(new WriteOffInvoice(Unpaid, null, Start)).When(Chase("2025-11-02")).Then(new SubscriptionRecovered(Breads, Day("2025-11-02")));

    [Fact]
    public void Paying_the_invoice_by_hand_recovers_the_subscription()
    {
        LateShop().After(new PayInvoice(Unpaid, null, Start)).When(Capture("2025-11-01", "2025-11-01", attempt: 2))
            .ThenKinds(typeof(PaymentCaptured), typeof(InvoicePaid), typeof(SubscriptionRecovered));
        LateShop().And(Breads.Stream, new SubscriptionErrored(Breads, Start)).After(new PayInvoice(Unpaid, null, Start))
            .When(Capture("2025-11-01", "2025-11-01", attempt: 2)).ThenKinds(typeof(PaymentCaptured), typeof(InvoicePaid), typeof(SubscriptionRecovered));
    }

    [Fact]
    public void What_may_bring_the_money_has_it_chased_at_once()
    {
        Sent(new DefaultPaymentMethodChanged(Amex, Jon)).ShouldBe([new ChaseAtOnce(Jon)]);
        Sent(new PaymentMethodActivated(Amex, Jon)).ShouldBe([new ChaseAtOnce(Jon)]);
        Sent(new SubscriptionPaymentMethodChanged(Breads, Amex)).ShouldBe([new ChaseAtOnce(null, Breads)]);
        Sent(new CustomerBalanceAdjusted(BalanceId.Of(Jon), Jon, Number(1), BalanceOperation.Credit, Isk(5), Isk(5), Start)).ShouldBe([new ChaseAtOnce(Jon)]);
        Sent(new CustomerBalanceCredited(BalanceId.Of(Jon), Jon, BalanceSource.CreditNote, Number(1), Isk(5), Isk(5), Start)).ShouldBe([new ChaseAtOnce(Jon)]);
    }

    [Fact]
    public void What_cannot_bring_it_does_not()
    {
        Sent(new DefaultPaymentMethodChanged(Visa, Jon, IsFirst: true)).ShouldBeEmpty();
        Sent(Added(Amex)).ShouldBeEmpty();
        Sent(new CustomerBalanceAdjusted(BalanceId.Of(Jon), Jon, Number(1), BalanceOperation.Charge, Isk(5), Isk(0), Start)).ShouldBeEmpty();
    }

    private static JointScenario RefusedShop() => Shop().After(Bill("2025-11-01"))
        .After(new RecordCharge(November, Bakery, 1, new ChargeResult("ch_1", "expired_card", IsHardFailure: true), Start));

    private static AdjustCustomerBalance Credit(long amount) => new(Jon, Number(90), BalanceOperation.Credit, Isk(amount), null, Start);

    private static IMessage[] Sent(IEvent happened) =>
        [.. new RecoveryPolicy().React(happened, new EventContext("t", Breads.Stream, 1, 1, default)).Select(send => send.Message)];
}

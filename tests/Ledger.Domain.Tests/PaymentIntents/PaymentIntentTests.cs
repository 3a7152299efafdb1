using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Orders.OrderExamples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.PaymentIntents;

public class PaymentIntentTests
{
    private static readonly InvoiceId Invoice = InvoiceOf("2025-11-01");
    private static readonly PaymentIntentId Intent = PaymentIntentId.For(Invoice);
    private static readonly OpenPaymentIntent Open = new(Invoice, null, Isk(15000), "mock", "pi_1", Start, Bakery);

    [Fact]
    public void What_is_open_may_be_paid_and_stays_the_same_intent() => LateShop().When(Open)
        .Then(new PaymentIntentCreated(Intent, Jon, Isk(15000), "mock", "pi_1", Start, Invoice),
            new ProviderSubjectKnown(ProviderSubject.OfIntent(Bakery, "pi_1").Id, Intent)).Claiming("payment_intent pi_1")
        .Next.When(Open with { ProviderReference = "pi_2" }).ThenNothing();

    [Fact]
    public void Another_amount_is_refused_or_renews_it()
    {
        LateShop().When(Open with { Amount = Isk(14999) }).ThenRejected(PaymentRejections.AmountMismatch);
        var reduced = LateShop().After(Open).After(new IssueCreditNote(CreditNoteId.From(Number(610)), Invoice, Isk(5000), null, Start));
        reduced.When(Open with { Amount = Isk(10000), ProviderReference = "pi_2" })
            .Then(new PaymentIntentRenewed(Intent, Isk(10000), "mock", "pi_2", Start),
                new ProviderSubjectKnown(ProviderSubject.OfIntent(Bakery, "pi_2").Id, Intent));
    }

    [Fact]
    public void What_is_paid_is_not_paid_again() => PaidShop().When(Open).ThenRejected(InvoiceRejections.AlreadyPaid);

    [Fact]
    public void An_order_of_nobody_is_not_paid_from_a_browser() =>
        Ordered().When(new OpenPaymentIntent(null, Plain, Isk(1000), "mock", "pi_1", Start, Bakery)).ThenRejected(OrderRejections.CustomerRequired);

    [Fact]
    public void Money_makes_one_payment_and_ends_the_chase() => LateShop().After(Open).When(Told("pi_1")).ThenKinds(
            typeof(PaymentIntentSucceeded), typeof(PaymentInitiated), typeof(PaymentCaptured), typeof(InvoicePaid), typeof(SubscriptionRecovered))
        .Next.When(Told("pi_1")).ThenNothing();

    [Fact]
    public void A_period_that_was_paid_from_a_browser_lets_the_next_be_billed() => LateShop().After(Open).After(Told("pi_1")).When(Bill("2025-12-01"))
        .ThenKinds(typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(PaymentInitiated));

    [Fact]
    public void An_attempt_that_fails_after_it_was_paid_otherwise_begins_no_chase() => Shop().After(Bill("2025-11-01")).After(Open).After(Told("pi_1"))
        .When(Decline("2025-11-01", "2025-11-01")).ThenKinds(typeof(PaymentFailed));

    [Fact]
    public void Money_for_what_was_paid_otherwise_goes_to_the_balance() => Shop().After(Bill("2025-11-01")).After(Open)
        .After(Capture("2025-11-01", "2025-11-01")).When(Told("pi_1")).ThenKinds(
            typeof(PaymentIntentSucceeded), typeof(PaymentInitiated), typeof(PaymentCaptured), typeof(CustomerBalanceCredited));

    [Fact]
    public void A_refused_card_is_noted_once_and_not_after_the_money_came()
    {
        var failed = LateShop().After(Open).When(Told("pi_1", "card_declined")).Then(new PaymentIntentFailed(Intent, "pi_1", "card_declined", Start)).Next;
        failed.When(Told("pi_1", "card_declined")).ThenNothing();
        failed.After(Told("pi_1")).When(Told("pi_1", "insufficient_funds")).ThenNothing();
    }

    [Fact]
    public void What_a_provider_tells_is_taken_once()
    {
        var id = ProviderEventId.Of(Bakery, "stripe", "evt_1");
        var take = new TakeProviderEvent(
            id, "stripe", "evt_1", "payment_intent.succeeded", ProviderSubject.OfIntent(Bakery, "pi_1"), new(ProviderFactKind.Succeeded, Isk(15000), "ch_1"), true, Start);
        var taken = LateShop().After(Open).When(take);
        taken.Events[^1].ShouldBe(new ProviderEventReceived(id, "stripe", "evt_1", "payment_intent.succeeded", Start));
        taken.Next.When(take).ThenNothing();
    }

    [Fact]
    public void The_next_day_changes_nothing_of_what_was_told() => LateShop().After(Open).After(Told("pi_1"))
        .When(Told("pi_1") with { On = Day("2025-11-02") }).ThenNothing();

    private static RecordIntentOutcome Told(string reference, string? failure = null) =>
        new(Intent, Bakery, new(reference, "ch_1", FailureCode: failure), Start);
}

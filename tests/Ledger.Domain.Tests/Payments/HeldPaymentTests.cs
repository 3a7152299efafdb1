using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Orders.OrderExamples;

namespace Ledger.Domain.Tests.Payments;

public class HeldPaymentTests
{
    [Fact]
    public void What_captures_later_is_held_only() => Ordered().After(PayByCard(First, capturesLater: true)).When(Answered(First))
        .Then(new PaymentAuthorized(First, 1, "ch_1", Isk(1000), Start));

    [Fact]
    public void Part_of_it_may_be_taken_and_that_pays_the_order()
    {
        var wanted = Held().When(new CapturePayment(First, Isk(600), Start)).Then(new PaymentCaptureRequested(First, Isk(600), Start)).Next;
        wanted.When(new CapturePayment(First, Isk(600), Start)).ThenNothing();
        wanted.When(new CapturePayment(First, Isk(500), Start)).ThenRejected(PaymentRejections.NotAuthorized);
        wanted.When(new CancelPayment(First, null, Start)).ThenRejected(PaymentRejections.NotAuthorized);
        wanted.When(new RecordCapture(First, null, Start)).Then(
                new PaymentCaptured(First, 1, "ch_1", Start, Isk(600), "mock"), new OrderPaid(Plain, Isk(600), Start, First))
            .Next.When(new RecordCapture(First, null, Start)).ThenNothing();
    }

    [Fact]
    public void No_more_than_is_held_is_taken()
    {
        Held().When(new CapturePayment(First, Isk(1001), Start)).ThenRejected(PaymentRejections.CaptureTooMuch);
        Held().When(new CapturePayment(First, Isk(0), Start)).ThenRejected(PaymentRejections.CaptureTooMuch);
        Held().When(new CapturePayment(First, Usd(1), Start)).ThenRejected(PaymentRejections.CaptureTooMuch);
    }

    [Fact]
    public void A_hold_that_the_provider_gave_up_leaves_the_order_to_be_paid() => Held().After(new CapturePayment(First, null, Start))
        .When(new RecordCapture(First, "unknown_hold", Start))
        .Then(new PaymentFailed(First, 1, "unknown_hold", true, Start, "ch_1"), new OrderFailed(Plain, First, "unknown_hold", Start));

    [Fact]
    public void It_may_be_let_go()
    {
        var unwanted = Held().When(new CancelPayment(First, "sold out", Start)).Then(new PaymentCancelRequested(First, Start, "sold out")).Next;
        unwanted.When(new CancelPayment(First, null, Start)).ThenNothing();
        unwanted.When(new CapturePayment(First, null, Start)).ThenRejected(PaymentRejections.NotAuthorized);
        unwanted.When(new RecordRelease(First, Start)).Then(new PaymentCancelled(First, Start), new OrderFailed(Plain, First, "payment_cancelled", Start))
            .Next.When(new RecordRelease(First, Start)).ThenNothing();
    }

    [Fact]
    public void What_was_taken_at_once_is_not_held() => Ordered().After(PayByCard(First)).After(Answered(First))
        .When(new CapturePayment(First, null, Start)).ThenRejected(PaymentRejections.NotAuthorized);

    [Fact]
    public void Part_of_an_invoice_leaves_its_order_to_be_paid_for_the_rest()
    {
        var later = new PayOrder(Loaves, First, null, Card, "mock", true, Start);
        Ordered().After(later).After(Answered(First)).After(new CapturePayment(First, Isk(5000), Start)).When(new RecordCapture(First, null, Start)).Then(
                new PaymentCaptured(First, 1, "ch_1", Start, Isk(5000), "mock"), new InvoicePartiallyPaid(Loaves.OwnInvoice, Isk(5000), Start, First),
                new OrderFailed(Loaves, First, "partly_paid", Start))
            .Next.When(Charge(Second)).Events.OfType<PaymentInitiated>().Single().Amount.ShouldBe(Isk(10000));
    }

    private static JointScenario Held() => Ordered().After(PayByCard(First, capturesLater: true)).After(Answered(First));
}

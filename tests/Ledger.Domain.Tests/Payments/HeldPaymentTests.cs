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
    public void Part_of_it_may_be_taken_and_that_pays_the_order_in_part()
    {
        var wanted = Held().When(new CapturePayment(First, Isk(600), Start)).Then(new PaymentCaptureRequested(First, Isk(600), Start)).Next;
        wanted.When(new CapturePayment(First, Isk(600), Start)).ThenNothing();
        wanted.When(new CapturePayment(First, Isk(500), Start)).ThenRejected(PaymentRejections.NotAuthorized);
        wanted.When(new CancelPayment(First, null, Start)).ThenRejected(PaymentRejections.NotAuthorized);
        wanted.When(new RecordCapture(First, null, Start)).Then(
                new PaymentCaptured(First, 1, "ch_1", Start, Isk(600), "mock"), new OrderPartiallyPaid(Plain, Isk(600), Start, First))
            .Next.When(new RecordCapture(First, null, Start)).ThenNothing();
    }

    /// <summary>One rule for orders of items and of amounts: neither failed, since money was taken, nor paid, since it is not all.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_paid_in_part_is_paid_by_the_rest_and_never_cancelled(bool hasItems)
    {
        var (id, amount) = hasItems ? (Loaves, 15000) : (Plain, 1000);
        var pay = new PayOrder(id, First, null, Card, "mock", true, Start);
        var part = Ordered().After(pay).After(Answered(First)).After(new CapturePayment(First, Isk(250), Start)).After(new RecordCapture(First, null, Start));
        Of(part).ShouldBe((OrderStatus.PartiallyPaid, 250));
        part.When(new CancelOrder(id, null, Start)).ThenRejected(OrderRejections.Locked);
        part.When(new ReplaceOrderItems(id, [])).ThenRejected(OrderRejections.Locked);

        var declined = part.After(pay with { PaymentId = Second, CapturesLater = false }).After(Answered(Second, "card_declined"));
        Of(declined).ShouldBe((OrderStatus.PartiallyPaid, 250));
        var third = PaymentId.From(Number(605));
        declined.When(pay with { PaymentId = third, CapturesLater = false }).Events.OfType<PaymentInitiated>().Single().Amount.ShouldBe(Isk(amount - 250));
        Of(declined.After(Answered(third))).ShouldBe((OrderStatus.Paid, amount));

        static RequestRefund Back(PaymentId payment, int number) => new(RefundId.From(Number(number)), payment, null, null, "a", true, Start);
        static RecordRefund Sent(int number) => new(RefundId.From(Number(number)), new("re"), Start);
        Of(declined.After(Back(First, 700)).After(Sent(700))).ShouldBe((OrderStatus.Paid, amount));
        Of(declined.After(Back(third, 701)).After(Sent(701))).ShouldBe((OrderStatus.Refunded, amount));

        (OrderStatus, long) Of(JointScenario scenario) =>
            scenario.Ledger.State<Order, OrderEvent>(id.Stream) is Order.Known order ? (order.Status, order.Paid.Amount) : default;
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
                new OrderPartiallyPaid(Loaves, Isk(5000), Start, First, Loaves.OwnInvoice))
            .Next.When(Charge(Second)).Events.OfType<PaymentInitiated>().Single().Amount.ShouldBe(Isk(10000));
    }

    private static JointScenario Held() => Ordered().After(PayByCard(First, capturesLater: true)).After(Answered(First));
}

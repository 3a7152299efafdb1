using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Orders.OrderExamples;

namespace Ledger.Domain.Tests.Orders;

public class PayOrderTests
{
    private static readonly Purchase OfPlain = new(PurchaseKind.Order, Plain.Value);

    [Fact]
    public void An_amount_alone_is_charged_to_a_card_without_an_invoice() => Ordered().When(PayByCard(First)).Then(
        new PaymentInitiated(First, null, null, null, Isk(1000), null, "mock", Start, OfPlain, Card),
        new OrderPaymentBegun(Plain, First, Start));

    [Fact]
    public void Items_are_invoiced_first() => Ordered().When(Charge(First))
        .ThenKinds(typeof(InvoiceIssued), typeof(PaymentInitiated), typeof(OrderPaymentBegun));

    [Fact]
    public void The_same_payment_again_changes_nothing() => Ordered().After(PayByCard(First)).When(PayByCard(First)).ThenNothing();

    [Fact]
    public void While_one_is_under_way_no_other_is_begun() => Ordered().After(PayByCard(First)).When(PayByCard(Second)).ThenRejected(PaymentRejections.Pending);

    [Fact]
    public void Money_that_was_taken_pays_it() => Ordered().After(PayByCard(First)).When(Answered(First)).Then(
        new PaymentCaptured(First, 1, "ch_1", Start, Isk(1000), "mock", false), new OrderPaid(Plain, Isk(1000), Start, First));

    [Fact]
    public void Money_for_items_pays_the_invoice_and_the_order() => Ordered().After(Charge(First)).When(Answered(First)).Then(
        new PaymentCaptured(First, 1, "ch_1", Start, Isk(15000), "mock", false), new InvoicePaid(Loaves.OwnInvoice, First, Isk(15000), Start),
        new OrderPaid(Loaves, Isk(15000), Start, First, Loaves.OwnInvoice));

    [Fact]
    public void After_a_decline_it_may_be_paid_again_on_the_same_invoice()
    {
        var failed = Ordered().After(Charge(First)).When(Answered(First, "card_declined")).Then(
            new PaymentFailed(First, 1, "card_declined", false, Start), new OrderFailed(Loaves, First, "card_declined", Start)).Next;
        failed.When(Charge(Second)).ThenKinds(typeof(PaymentInitiated), typeof(OrderPaymentBegun));
    }

    [Fact]
    public void What_is_paid_is_not_paid_again() => Ordered().After(PayByCard(First)).After(Answered(First)).When(PayByCard(Second))
        .ThenRejected(OrderRejections.AlreadyPaid);

    [Fact]
    public void The_balance_may_pay_all_of_it() => Ordered()
        .After(new AdjustCustomerBalance(Jon, Number(605), BalanceOperation.Credit, Isk(20000), null, Start)).When(Charge(First))
        .ThenKinds(typeof(InvoiceIssued), typeof(CustomerBalanceApplied), typeof(InvoicePaid), typeof(OrderPaid));

    [Fact]
    public void Somebody_without_a_customer_has_no_method() => Ordered().When(new PayOrder(Plain, First, null, null, null, false, Start))
        .ThenRejected(PaymentMethodRejections.NotFound);

    [Fact]
    public void A_cancelled_order_is_not_paid() => Ordered().After(new CancelOrder(Plain, null, Start)).When(PayByCard(First)).ThenRejected(OrderRejections.Cancelled);

    [Fact]
    public void All_that_goes_back_makes_it_refunded()
    {
        var refund = RefundId.From(Number(606));
        Ordered().After(PayByCard(First)).After(Answered(First)).After(new RequestRefund(refund, First, null, null, "a", true, Start))
            .When(new RecordRefund(refund, new("re_1"), Start))
            .ThenKinds(typeof(RefundSucceeded), typeof(PaymentRefunded), typeof(OrderRefunded));
    }
}

using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Orders;

/// <summary>A subscription that is delivered has an order for each period that is billed.</summary>
public class PeriodOrderTests
{
    private static readonly InvoiceId First = InvoiceOf("2025-11-01");
    private static readonly OrderId Loaves = OrderId.ForPeriod(First);

    [Fact]
    public void The_order_is_written_between_the_invoice_and_its_payment()
    {
        var billed = Delivered().When(Bill("2025-11-01"));
        billed.ThenKinds(typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(OrderCreated), typeof(PaymentInitiated));
        var made = billed.Events.OfType<OrderCreated>().Single();
        (made.Id, made.Amount, made.InvoiceId, made.SubscriptionId, made.DeliveryOn, made.CustomerId).ShouldBe((Loaves, Isk(15000), First, Breads, Start, Jon));
        billed.Events.OfType<InvoiceIssued>().Single().Order.ShouldBe(Loaves.Value);
    }

    [Fact]
    public void It_is_paid_with_its_invoice() => Delivered().After(Bill("2025-11-01")).When(Capture("2025-11-01", "2025-11-01")).Then(
        new PaymentCaptured(PaymentOf("2025-11-01"), 1, "ch_1", Start, Isk(15000), "mock", false),
        new InvoicePaid(First, PaymentOf("2025-11-01"), Isk(15000), Start), new OrderPaid(Loaves, Isk(15000), Start, PaymentOf("2025-11-01"), First));

    [Fact]
    public void It_fails_once_and_is_paid_when_the_chase_succeeds()
    {
        var shop = Delivered().After(Bill("2025-11-01"));
        shop.When(Decline(1, "2025-11-01")).ThenKinds(typeof(PaymentFailed), typeof(OrderFailed), typeof(SubscriptionPastDue));
        shop.After(Chase("2025-11-02")).When(Decline(2, "2025-11-02")).ThenKinds(typeof(PaymentFailed));
        shop.After(Chase("2025-11-03")).When(Capture("2025-11-01", "2025-11-03", attempt: 3))
            .ThenKinds(typeof(PaymentCaptured), typeof(InvoicePaid), typeof(OrderPaid), typeof(SubscriptionRecovered));
        Order(shop).Status.ShouldBe(OrderStatus.Paid);
    }

    [Fact]
    public void The_balance_pays_it_at_once_or_when_the_chase_finds_money_there()
    {
        Rich(Delivered()).When(Bill("2025-11-01"))
            .ThenKinds(typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(OrderCreated), typeof(CustomerBalanceApplied), typeof(InvoicePaid), typeof(OrderPaid));
        Rich(Delivered().After(Bill("2025-11-01")).After(Decline(1, "2025-11-01"))).When(Chase("2025-11-02"))
            .ThenKinds(typeof(InvoiceOverdue), typeof(CustomerBalanceApplied), typeof(InvoicePaid), typeof(OrderPaid), typeof(SubscriptionRecovered));
    }

    [Fact]
    public void It_is_refunded_with_its_payment()
    {
        var back = RefundId.From(Number(82));
        var shop = Delivered().After(Bill("2025-11-01")).After(Capture("2025-11-01", "2025-11-01"))
            .After(new RequestRefund(back, PaymentOf("2025-11-01"), null, null, "admin", IsApproved: true, Start)).After(new RecordRefund(back, new("re_1"), Start));
        Order(shop).Status.ShouldBe(OrderStatus.Refunded);
    }

    [Fact]
    public void What_the_subscription_says_is_not_changed_on_the_order()
    {
        var shop = Delivered().After(Bill("2025-11-01")).After(Decline(1, "2025-11-01"));
        shop.When(new ReplaceOrderItems(Loaves, [])).ThenRejected(OrderRejections.Invoiced);
        shop.When(new CancelOrder(Loaves, null, Start)).ThenRejected(InvoiceRejections.OfSubscription);
    }

    [Fact]
    public void Without_a_delivery_there_is_none() =>
        Shop().When(Bill("2025-11-01")).ThenKinds(typeof(InvoiceIssued), typeof(SubscriptionBilled), typeof(PaymentInitiated));

    private static JointScenario Delivered() => JointScenario
        .Given(Bakery.Stream, BakeryCreated).And(Jon.Stream, JonCreated).And(Rye.Stream, RyeCreated).And(JonsWallet, Added(Visa), VisaIsDefault)
        .And(Breads.Stream, Created with { DeliveryOptionId = "3" }, new SubscriptionItemsReplaced(Breads, [TwoRye]), Activated);

    private static JointScenario Rich(JointScenario shop) => shop.And(BalanceId.Of(Jon).Stream, new CustomerBalanceAdjusted(
        BalanceId.Of(Jon), Jon, Number(70), BalanceOperation.Credit, Isk(20000), Isk(20000), Start));

    private static RecordCharge Decline(int attempt, string on) => new(PaymentOf("2025-11-01"), Bakery, attempt, new(null, "card_declined"), Day(on));

    private static ChaseSubscription Chase(string on) => new(Breads, Bakery, Day(on));

    private static Order.Known Order(JointScenario shop) => (Order.Known)shop.Ledger.State<Order, OrderEvent>(Loaves.Stream);
}

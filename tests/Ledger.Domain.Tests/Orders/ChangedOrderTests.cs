using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Orders.OrderExamples;
using static Ledger.Domain.Tests.Time.TimeExamples;

namespace Ledger.Domain.Tests.Orders;

public class ChangedOrderTests
{
    private static readonly WantedItem ThreeLoaves = new(Number(10), Rye, null, 3, null, null);

    [Fact]
    public void It_may_become_a_gift()
    {
        var gift = new ChangeOrder(Loaves, null, true, "web-1", null);
        Ordered().When(gift).Then(new OrderChanged(Loaves, null, true, "web-1", null)).Claiming("order.external_id web-1")
            .Next.When(gift).ThenNothing();
    }

    [Fact]
    public void Other_items_come_to_another_amount() => Ordered().When(new ReplaceOrderItems(Loaves, [ThreeLoaves]))
        .Then(new OrderItemsReplaced(Loaves, Isk(22500), [TwoRye with { Quantity = 3 }]))
        .Next.When(new ReplaceOrderItems(Loaves, [ThreeLoaves])).ThenNothing();

    [Fact]
    public void An_amount_alone_has_no_items() => Ordered().When(new ReplaceOrderItems(Plain, [ThreeLoaves])).ThenRejected(OrderRejections.WithoutItems);

    [Fact]
    public void What_is_invoiced_stays() => Ordered().After(new InvoiceOrder(Loaves, Start)).When(new ReplaceOrderItems(Loaves, [ThreeLoaves]))
        .ThenRejected(OrderRejections.Invoiced);

    [Fact]
    public void What_is_paid_is_locked_but_may_be_moved()
    {
        var paid = Ordered().After(Charge(First)).After(Answered(First));
        paid.When(new ChangeOrder(Loaves, null, true, null, null)).ThenRejected(OrderRejections.Locked);
        paid.When(new ReplaceOrderItems(Loaves, [ThreeLoaves])).ThenRejected(OrderRejections.Locked);
        paid.When(new CancelOrder(Loaves, null, Start)).ThenRejected(OrderRejections.Locked);
        paid.When(new ChangeOrderDeliveryDate(Loaves, Day("2025-11-05"))).Then(new OrderDeliveryDateChanged(Loaves, Day("2025-11-05")))
            .Next.When(new ChangeOrderDeliveryDate(Loaves, Day("2025-11-05"))).ThenNothing();
    }

    [Fact]
    public void While_it_is_being_paid_it_stays_as_it_is() => Ordered().After(Charge(First)).When(new ChangeOrder(Loaves, null, true, null, null))
        .ThenRejected(PaymentRejections.Pending);

    [Fact]
    public void It_goes_with_a_subscription_of_its_customer()
    {
        Ordered().When(new LinkOrderToSubscription(Loaves, Breads)).Then(new OrderLinkedToSubscription(Loaves, Breads))
            .Next.When(new LinkOrderToSubscription(Loaves, Breads)).ThenNothing();
        Ordered().When(new LinkOrderToSubscription(Plain, Breads)).ThenRejected(SubscriptionRejections.NotFound);
    }

    [Fact]
    public void Cancelling_makes_its_invoice_void() => Ordered().After(new InvoiceOrder(Loaves, Start)).When(new CancelOrder(Loaves, "sold out", Start))
        .ThenKinds(typeof(InvoiceCancelled), typeof(OrderCancelled)).Next.When(new CancelOrder(Loaves, null, Start)).ThenNothing();

    [Fact]
    public void It_is_invoiced_once() => Ordered().After(new InvoiceOrder(Loaves, Start)).When(new InvoiceOrder(Loaves, Start)).ThenNothing();

    [Fact]
    public void A_plan_takes_its_place()
    {
        var plan = new SettleOrderByPlan(Loaves, SubscriptionId.From(Number(607)), Bakery, Frequency.Monthly, Start);
        Ordered().When(plan).ThenKinds(
                typeof(SubscriptionCreated), typeof(SubscriptionItemsReplaced), typeof(SubscriptionActivated), typeof(OrderLinkedToSubscription), typeof(OrderCancelled))
            .Next.When(plan).ThenNothing();
        Ordered().When(plan with { Id = Plain }).ThenRejected(OrderRejections.WithoutItems);
        Ordered().After(new InvoiceOrder(Loaves, Start)).When(plan).ThenRejected(OrderRejections.Invoiced);
    }

    [Fact]
    public void What_is_not_there_is_not_changed()
    {
        var none = OrderId.From(Number(608));
        Ordered().When(new ChangeOrder(none, null, true, null, null)).ThenRejected(OrderRejections.NotFound);
        Ordered().When(new ChangeOrderDeliveryDate(none, Start)).ThenRejected(OrderRejections.NotFound);
        Ordered().When(new InvoiceOrder(none, Start)).ThenRejected(OrderRejections.NotFound);
    }
}

using static Ledger.Domain.Tests.Amounts.AmountExamples;
using static Ledger.Domain.Tests.Examples;
using static Ledger.Domain.Tests.Orders.OrderExamples;

namespace Ledger.Domain.Tests.Orders;

public class CreateOrderTests
{
    private static readonly WantedItem TwoLoaves = new(Number(10), Rye, null, 2, null, null);

    [Fact]
    public void Items_come_to_what_the_catalog_says() => Shop().When(Wish(Jon, null, TwoLoaves))
        .Then(new OrderCreated(Loaves, Isk(15000), true, [TwoRye], Start, Jon));

    [Fact]
    public void An_amount_alone_needs_nobody() => Shop().When(Wish(null, Isk(1000)))
        .Then(new OrderCreated(Loaves, Isk(1000), true, [], Start));

    [Fact]
    public void Again_changes_nothing() => Shop().After(Wish(null, Isk(1000))).When(Wish(null, Isk(1000))).ThenNothing();

    [Fact]
    public void An_order_has_items_or_an_amount()
    {
        Shop().When(Wish(Jon, Isk(1000), TwoLoaves)).ThenRejected(OrderRejections.ItemsOrAmount);
        Shop().When(Wish(Jon, null)).ThenRejected(OrderRejections.ItemsOrAmount);
        Shop().When(Wish(Jon, Isk(0))).ThenRejected(OrderRejections.ItemsOrAmount);
        Shop().When(Wish(Jon, null, TwoLoaves with { ProductVariationId = null, Price = Isk(0) })).ThenRejected(OrderRejections.ItemsOrAmount);
    }

    [Fact]
    public void Items_are_somebodys() => Shop().When(Wish(null, null, TwoLoaves)).ThenRejected(OrderRejections.CustomerRequired);

    [Fact]
    public void Nobody_gets_what_is_not_there() => Shop().When(Wish(Anna, Isk(1000))).ThenRejected(CustomerRejections.NotFound);

    [Fact]
    public void It_goes_with_no_subscription_of_another() => Shop().When(
        new CreateOrder(Loaves, Bakery, null, Isk(1000), null, null, new(SubscriptionId: Breads), Start)).ThenRejected(SubscriptionRejections.NotFound);

    private static CreateOrder Wish(CustomerId? customer, Money? amount, params WantedItem[] items) =>
        new(Loaves, Bakery, customer, amount, items.Length == 0 ? null : items, null, new(), Start);
}

namespace Ledger.Scenarios.Payments;

/// <summary>An order that is captured in part is paid in part, of items or of an amount alone.</summary>
[Collection("app")]
public class PartCaptureTests(SharedApp shared)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task It_is_paid_in_part_and_by_the_rest(bool hasItems)
    {
        var merchant = await Merchant.Open(shared.App);
        var order = hasItems
            ? (await merchant.Admin.Post("/orders", new
            {
                customer_id = await merchant.Customer(), items = new[] { new { description = "x", price = new { amount = 10000, currency = "INR" } } },
            })).Is(201).Id
            : await merchant.Order();
        var held = (await merchant.Pay(order, capture: "manual")).Is(201).Id;
        _ = (await merchant.Admin.Post($"/payments/{held}/capture", new { amount = new { amount = 2500, currency = "INR" } })).Is(200);
        var part = (await merchant.Admin.Get($"/orders/{order}")).Json;
        (part["status"]!.ToString(), part["amount_paid"]!["amount"]!.GetValue<long>()).ShouldBe(("partially_paid", 2500));
        (await merchant.List("/orders?status=partially_paid")).Count.ShouldBe(1);
        (await merchant.Admin.Post($"/orders/{order}/cancel", new { })).Refuses(409, "order_locked");
        (await merchant.List("/events?types=order.partially_paid")).Count.ShouldBe(1);

        _ = (await merchant.Pay(order, Merchant.Declined)).Is(402);
        (await merchant.Status($"/orders/{order}")).ShouldBe("partially_paid");
        var rest = (await merchant.Pay(order)).Is(201).Json;
        rest["captured"]!["amount"]!.GetValue<long>().ShouldBe(7500);
        (await merchant.Status($"/orders/{order}")).ShouldBe("paid");
    }
}

namespace Ledger.Scenarios.Payments;

[Collection("app")]
public class DisputeTests(SharedApp shared)
{
    [Theory]
    [InlineData("won", 0)]
    [InlineData("lost", 10000)]
    public async Task Disputed_money_is_withheld_until_it_is_decided(string becomes, long left)
    {
        var merchant = await Merchant.Open(shared.App);
        var payment = (await merchant.Pay(await merchant.Order())).Is(201).Id;
        for (var i = 0; i < 2; i++) _ = (await merchant.Admin.Post("/testing/sandbox-disputes", new { payment_id = payment })).Is(202);
        (await Disputed(merchant, payment)).ShouldBe(10000);
        (await merchant.Admin.Post("/refunds", new { payment_id = payment })).Refuses(409, "payment_already_refunded");

        for (var i = 0; i < 2; i++) _ = (await merchant.Admin.Post("/testing/sandbox-disputes", new { payment_id = payment, becomes })).Is(202);
        (await Disputed(merchant, payment)).ShouldBe(left);
        (await Events.Of(shared.App, merchant.Tenant, Guid.Parse(payment))).ShouldBe(
            ["payment_initiated", "payment_captured", "payment_disputed", "payment_dispute_closed"]);
    }

    [Fact]
    public async Task What_the_provider_has_sent_back_by_itself_is_written_down_once()
    {
        var merchant = await Merchant.Open(shared.App);
        var order = await merchant.Order();
        var payment = (await merchant.Pay(order)).Is(201).Id;
        _ = (await merchant.Admin.Post("/refunds", new { payment_id = payment, amount = new { amount = 1000, currency = "INR" } })).Is(201);
        object Charge(long back) => new { id = "ch_1", amount_refunded = back, currency = "inr", metadata = new { payment_id = payment } };
        _ = (await merchant.Webhook("charge.refunded", Charge(1000))).Is(200);
        (await merchant.Admin.Get($"/payments/{payment}")).Json["refunded"]!["amount"]!.GetValue<long>().ShouldBe(1000);
        for (var i = 0; i < 2; i++) _ = (await merchant.Webhook("charge.refunded", Charge(10000))).Is(200);
        (await merchant.Status($"/payments/{payment}")).ShouldBe("refunded");
        (await merchant.Status($"/orders/{order}")).ShouldBe("refunded");
        for (var i = 0; i < 200 && (await merchant.List("/refunds")).Count < 2; i++) await Task.Delay(25);
        (await merchant.List("/refunds")).Count.ShouldBe(2);
    }

    /// <summary>B12.</summary>
    [Fact]
    public async Task A_failed_payment_is_tried_again_by_hand()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(Shop.Declined);
        var subscription = await shop.Subscribe(customer);
        var payment = (await shop.Settled(subscription))["id"]!.ToString();
        (await shop.Admin.Post($"/payments/{payment}/retry", new { force = false })).Refuses(409, "already_attempted_today");
        (await shop.Tenant.Staff.Post($"/payments/{payment}/retry", new { force = true })).Refuses(403, "forbidden");
        (await shop.Admin.Post($"/payments/{payment}/retry", new { force = true })).Refuses(402, "card_declined");
        (await shop.Settled(subscription, 2))["settling_attempts"]!.GetValue<int>().ShouldBe(2);
        var card = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201).Id;
        _ = (await shop.Admin.Put($"/subscriptions/{subscription}/payment-method", new { payment_method_id = card })).Is(200);

        // Another card is tried at once, too: one of the two makes the third attempt.
        var again = await shop.Admin.Post($"/payments/{payment}/retry", new { force = true });
        (again.Status == 200 || again.Code is "payment_not_failed").ShouldBeTrue(again.Text);
        var made = await shop.Settled(subscription, 3);
        made["status"]!.GetValue<string>().ShouldBe("captured");
        made["settling_attempts"]!.GetValue<int>().ShouldBe(3);
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("active");
        (await shop.Admin.Post($"/payments/{payment}/retry", new { force = true })).Refuses(409, "payment_not_failed");
    }

    /// <summary>A subscription that is chased recovers when its invoice is paid from a browser, and is billed again.</summary>
    [Fact]
    public async Task A_chased_invoice_that_is_paid_from_a_browser_ends_the_chase()
    {
        var shop = await Shop.Open(shared.App);
        var merchant = new Merchant(shared.App, shop.Tenant);
        var subscription = await shop.Subscribe(await shop.Customer(Shop.Declined));
        var failed = await shop.Settled(subscription);
        var intent = (await shop.Admin.Post("/payment-intents", new { invoice_id = failed["invoice_id"]!.ToString() })).Is(201).Json;
        (await merchant.Browser(intent["client_secret"]!.GetValue<string>())).EnsureSuccessStatusCode().Dispose();
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("active");
        await shop.Advance("2025-12-02T12:00:00Z");
        (await shop.Admin.Get($"/invoices?subscription_id={subscription}")).Json["data"]!.AsArray().Count.ShouldBe(2);
    }

    private static async Task<long> Disputed(Merchant merchant, string payment) =>
        (await merchant.Admin.Get($"/payments/{payment}")).Is(200).Json["disputed"]!["amount"]!.GetValue<long>();
}

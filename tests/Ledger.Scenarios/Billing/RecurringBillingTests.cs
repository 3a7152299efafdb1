namespace Ledger.Scenarios.Billing;

[Collection("app")]
public class RecurringBillingTests(SharedApp shared)
{
    [Fact]
    public async Task A_subscription_is_charged_at_once_and_then_each_month()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer());

        var payment = await shop.Settled(subscription);
        payment["status"]!.GetValue<string>().ShouldBe("captured");
        payment["amount"]!["amount"]!.GetValue<long>().ShouldBe(15000);
        payment["settling_attempts"]!.GetValue<int>().ShouldBe(1);
        var invoice = (await shop.Admin.Get($"/invoices/{payment["invoice_id"]}")).Is(200).Json;
        invoice["tax"]!["amount"]!.GetValue<long>().ShouldBe(2903);
        invoice["status"]!.GetValue<string>().ShouldBe("paid");

        (await shop.Run("2025-11-30"))["charges"]!.GetValue<long>().ShouldBe(0);
        var december = await shop.Run("2025-12-01");
        december["charges"]!.GetValue<long>().ShouldBe(1);
        december["captured_totals"]![0]!["amount"]!.GetValue<long>().ShouldBe(15000);
        (await shop.Subscription(subscription))["next_billing_on"]!.GetValue<string>().ShouldBe("2026-01-01");
        (await shop.Run("2025-12-01"))["charges"]!.GetValue<long>().ShouldBe(0);
        (await shop.Payments(subscription)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_upcoming_invoice_is_shown_and_nothing_is_stored()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer());
        _ = await shop.Settled(subscription);

        var upcoming = (await shop.Admin.Get($"/subscriptions/{subscription}/upcoming-invoice")).Is(200).Json;
        upcoming["date"]!.GetValue<string>().ShouldBe("2025-12-01");
        upcoming["lines"]!.AsArray().Count.ShouldBe(1);
        upcoming["lines"]![0]!["quantity"]!.GetValue<long>().ShouldBe(2);
        upcoming["lines"]![0]!["unit_price"]!["amount"]!.GetValue<long>().ShouldBe(7500);
        upcoming["total"]!["amount"]!.GetValue<long>().ShouldBe(15000);
        (await shop.Payments(subscription)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nothing_is_charged_while_a_subscription_is_on_hold()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer());
        _ = await shop.Settled(subscription);

        var paused = (await shop.Admin.Post($"/subscriptions/{subscription}/pause", new { reason = "Going on vacation" })).Is(200).Json;
        paused["status"]!.GetValue<string>().ShouldBe("on_hold");
        (await shop.Run("2025-12-01"))["charges"]!.GetValue<long>().ShouldBe(0);
        var resumed = (await shop.Admin.Post($"/subscriptions/{subscription}/resume")).Is(200).Json;
        resumed["status"]!.GetValue<string>().ShouldBe("active");
    }
}

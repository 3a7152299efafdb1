using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Subscriptions;

[Collection("app")]
public class SubscriptionChangeTests(SharedApp shared)
{
    [Fact]
    public async Task What_a_change_now_comes_to_is_shown_first_and_is_the_same_when_it_is_made()
    {
        var (shop, subscription) = await Paid();
        await shop.Advance("2025-11-16T12:00:00Z");
        var more = new { change = "items", items = Items(shop, 4), when = "now" };
        var preview = (await shop.Admin.Post($"/subscriptions/{subscription}/previews", more)).Is(200).Json;
        (Amount(preview["invoice"]!["total"]), Amount(preview["due"]), Amount(preview["upcoming"]!["total"])).ShouldBe((7500, 7500, 30000));
        preview["invoice"]!["lines"]!.AsArray().Select(line => Amount(line!["amount"])).ShouldBe([-7500, 15000]);
        (await shop.Payments(subscription)).Count.ShouldBe(1);

        for (var twice = 0; twice < 2; twice++)
            _ = (await shop.Admin.Put($"/subscriptions/{subscription}/items", new { items = Items(shop, 4), when = "now" })).Is(200);
        await Until(async () => (await shop.Payments(subscription)).Count(one => Text(one["status"]) == "captured") == 2);
        (await shop.Payments(subscription)).Count.ShouldBe(2);
        var run = await shop.Run("2025-12-01");
        Amount(run["captured_totals"]![0]).ShouldBe(30000);
    }

    [Fact]
    public async Task Less_goes_to_the_balance_and_pays_for_what_comes()
    {
        var (shop, subscription) = await Paid();
        await shop.Advance("2025-11-16T12:00:00Z");
        _ = (await shop.Admin.Put($"/subscriptions/{subscription}/items", new { items = Items(shop, 1), when = "now" })).Is(200);
        var customer = Text((await shop.Subscription(subscription))["customer_id"]);
        var note = (await shop.Admin.Get($"/credit-notes?customer_id={customer}")).Is(200).Json["data"]!.AsArray().Single()!;
        (Amount(note["total"]), Text(note["destination"]), Text(note["lines"]![0]!["period"]!["from"])).ShouldBe((3750, "balance", "2025-11-16"));
        Amount((await shop.Run("2025-12-01"))["captured_totals"]![0]).ShouldBe(3750);
    }

    [Fact]
    public async Task Another_plan_begins_today_or_with_the_next_period()
    {
        var (shop, subscription) = await Paid();
        await shop.Tenant.BillsBy("monthly", "yearly");
        var path = $"/subscriptions/{subscription}/plan";
        _ = (await shop.Admin.Put(path, new { frequency = "yearly", items = Items(shop, 20) })).Is(200);
        var plan = (await shop.Admin.Get(path)).Is(200).Json;
        (Text(plan["frequency"]), Text(plan["next_billing_date"]), Amount(plan["price"])).ShouldBe(("yearly", "2025-12-01", 150000));

        await shop.Advance("2025-11-16T12:00:00Z");
        _ = (await shop.Admin.Put(path, new { frequency = "yearly", items = Items(shop, 20), when = "now" })).Is(200);
        await Until(async () => (await shop.Payments(subscription)).Any(one => Amount(one["amount"]) == 142500 && Text(one["status"]) == "captured"));
        Text((await shop.Subscription(subscription))["next_billing_on"]).ShouldBe("2026-11-16");
    }

    [Fact]
    public async Task A_pause_may_credit_its_days_and_the_return_charges_what_is_left()
    {
        var (shop, subscription) = await Paid();
        await shop.Advance("2025-11-16T12:00:00Z");
        _ = (await shop.Admin.Post($"/subscriptions/{subscription}/pause", new { credit_unused = true })).Is(200);
        await shop.Advance("2025-11-21T12:00:00Z");
        _ = (await shop.Admin.Post($"/subscriptions/{subscription}/resume")).Is(200);
        await Until(async () => Text((await shop.Subscription(subscription))["invoiced_until"]) == "2025-12-01");
        var customer = Text((await shop.Subscription(subscription))["customer_id"]);
        var balance = (await shop.Admin.Get($"/customers/{customer}/balance")).Is(200).Json;
        balance.ToJsonString().ShouldContain("2500");
        (await shop.Payments(subscription)).Count.ShouldBe(1, "the balance has paid");
    }

    [Fact]
    public async Task What_is_unused_is_refunded_when_it_is_cancelled_at_once()
    {
        var (shop, subscription) = await Paid();
        await shop.Advance("2025-11-16T12:00:00Z");
        var path = $"/subscriptions/{subscription}/cancel";
        (await shop.Admin.Post(path, new { cancel_at_period_end = true, refund_unused = true })).Refuses(422, "refund_only_at_once");
        for (var twice = 0; twice < 2; twice++)
            Text((await shop.Admin.Post(path, new { refund_unused = true, reason = "moving" })).Is(200).Json["status"]).ShouldBe("cancelled");
        await Until(async () => Text(await Refund(shop, "status")) == "succeeded");
        Amount(await Refund(shop, "amount")).ShouldBe(7500);
        var note = (await shop.Admin.Get("/credit-notes")).Is(200).Json["data"]!.AsArray().Single()!;
        (Text(note["destination"]), Text(note["lines"]![0]!["period"]!["from"])).ShouldBe(("refund", "2025-11-16"));

        _ = (await shop.Admin.Post($"/subscriptions/{subscription}/reactivate")).Is(200);
        await Until(async () => (await shop.Subscription(subscription))["invoiced_until"]?.GetValue<string>() == "2025-12-16");
    }

    [Fact]
    public async Task Of_staff_who_may_not_approve_it_waits()
    {
        var (shop, subscription) = await Paid();
        _ = (await shop.Tenant.Staff.Post($"/subscriptions/{subscription}/cancel", new { refund_unused = true })).Is(200);
        await Until(async () => (await shop.Admin.Get("/refunds?status=requested")).Is(200).Json["data"]!.AsArray().Count == 1);
    }

    [Fact]
    public async Task A_cancellation_to_come_is_taken_back_and_one_on_a_day_ends_on_it()
    {
        var (shop, subscription) = await Paid();
        for (var twice = 0; twice < 2; twice++)
        {
            Text((await shop.Admin.Post($"/subscriptions/{subscription}/cancel", new { cancel_at_period_end = true })).Is(200).Json["ends_on"]).ShouldBe("2025-12-01");
            (await shop.Admin.Post($"/subscriptions/{subscription}/reactivate")).Is(200).Json["ends_on"].ShouldBeNull();
        }

        (await shop.Admin.Post($"/subscriptions/{subscription}/cancel", new { on = "2025-10-31" })).Refuses(422, "date_in_past");
        _ = (await shop.Admin.Post($"/subscriptions/{subscription}/cancel", new { on = "2025-12-16" })).Is(200);
        Amount((await shop.Run("2025-12-01"))["captured_totals"]![0]).ShouldBe(7258);
        _ = await shop.Run("2025-12-16");
        Text((await shop.Subscription(subscription))["status"]).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_trial_is_free_and_a_billing_day_makes_the_first_period_short()
    {
        var shop = await Shop.Open(shared.App);
        var made = (await shop.Admin.Post("/subscriptions", new
        {
            customer_id = await shop.Customer(), frequency = "monthly", trial_days = 15, billing_day = 1, items = Items(shop, 2),
        })).Is(201);
        (Text(made.Json["status"]), Text(made.Json["next_billing_on"]), Text(made.Json["trial_ends_on"])).ShouldBe(("active", "2025-11-16", "2025-11-16"));
        (await shop.Run("2025-11-15"))["charges"]!.GetValue<long>().ShouldBe(0);
        Amount((await shop.Run("2025-11-16"))["captured_totals"]![0]).ShouldBe(7500);
        Amount((await shop.Run("2025-12-01"))["captured_totals"]![0]).ShouldBe(15000);
    }

    private async Task<(Shop Shop, string Subscription)> Paid()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer());
        _ = await shop.Settled(subscription);
        return (shop, subscription);
    }

    private static object[] Items(Shop shop, int quantity) => [new { product_variation_id = shop.Variation, quantity }];

    private static async Task<JsonNode> Refund(Shop shop, string member) =>
        (await shop.Admin.Get("/refunds")).Is(200).Json["data"]!.AsArray().Single()![member]!;

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await holds()) return;
            await Task.Delay(25);
        }

        throw new TimeoutException("It did not come to that.");
    }

    private static long Amount(JsonNode? money) => money!["amount"]!.GetValue<long>();

    private static string Text(JsonNode? node) => node!.GetValue<string>();
}

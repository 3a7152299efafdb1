namespace Ledger.Scenarios.Billing;

[Collection("app")]
public class DunningTests(SharedApp shared)
{
    /// <summary>B9.</summary>
    [Fact]
    public async Task A_payment_is_tried_on_twenty_days_and_the_subscription_expires_on_the_next()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer(Shop.Declined));
        (await shop.Settled(subscription))["status"]!.GetValue<string>().ShouldBe("failed");
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("past_due");

        for (var day = 2; day <= 19; day++)
        {
            _ = await shop.Run($"2025-11-{day:00}");
            (await shop.Settled(subscription, day))["settling_attempts"]!.GetValue<int>().ShouldBe(day);
            (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("past_due");
        }

        (await shop.Run("2025-11-20"))["failed"]!.GetValue<long>().ShouldBe(1);
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("error");
        (await shop.Run("2025-11-21"))["charges"]!.GetValue<long>().ShouldBe(0);
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("expired");
        (await shop.Run("2025-11-22"))["charges"]!.GetValue<long>().ShouldBe(0);
        (await shop.Payments(subscription))[0]["settling_attempts"]!.GetValue<int>().ShouldBe(20);
        var told = (await shop.Admin.Get("/events?limit=500&types=payment.failed,subscription.past_due,subscription.error,subscription.expired,subscription.cancelled")).Is(200).Json["data"]!.AsArray();
        told.Select(one => one!["type"]!.GetValue<string>()).ShouldBe(
            ["payment.failed", "subscription.past_due", .. Enumerable.Repeat("payment.failed", 19), "subscription.error", "subscription.expired"]);
    }

    /// <summary>B11. The new card is charged at once, so that the run of the day finds the third attempt made.</summary>
    [Fact]
    public async Task A_new_card_recovers_a_subscription_and_its_billing_day_stays()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(Shop.Declined);
        var subscription = await shop.Subscribe(customer);
        _ = await shop.Settled(subscription);
        _ = await shop.Run("2025-11-02");
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("past_due");

        await shop.Advance("2025-11-03T00:00:00Z");
        var card = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201).Id;
        (await shop.Payments(subscription))[0]["settling_attempts"]!.GetValue<int>().ShouldBe(2);
        _ = (await shop.Admin.Put($"/subscriptions/{subscription}/payment-method", new { payment_method_id = card })).Is(200);
        var payment = await shop.Settled(subscription, 3);
        _ = await shop.Run("2025-11-03");
        payment["status"]!.GetValue<string>().ShouldBe("captured");
        payment["amount"]!["amount"]!.GetValue<long>().ShouldBe(15000);
        var recovered = await shop.Subscription(subscription);
        recovered["status"]!.GetValue<string>().ShouldBe("active");
        recovered["next_billing_on"]!.GetValue<string>().ShouldBe("2025-12-01");
        recovered.AsObject().ContainsKey("dunning").ShouldBeFalse();
        (await shop.Payments(subscription)).Single()["settling_attempts"]!.GetValue<int>().ShouldBe(3);
        var told = (await shop.Admin.Get($"/audit-logs?resource_type=subscription&resource_id={subscription}&limit=100")).Is(200).Json["data"]!.AsArray();
        told.Count(one => one!["event"]!.GetValue<string>() == "subscription_recovered").ShouldBe(1);
    }

    [Fact]
    public async Task Attempts_come_after_their_waits_and_are_foretold()
    {
        var shop = await Shop.Open(shared.App);
        var terms = (await shop.Admin.Patch("/tenants/current/dunning-config", new { retry_waits = new[] { 1, 8, 4, 7 }, failed_payment_cancelled_days = 21, grace_days = 7 })).Is(200).Json;
        terms["retry_waits"]!.AsArray().Select(one => one!.GetValue<int>()).ShouldBe([1, 8, 4, 7]);
        (await shop.Admin.Patch("/tenants/current/dunning-config", new { retry_waits = new[] { 0 } })).Is(400);
        var subscription = await shop.Subscribe(await shop.Customer(Shop.Declined));
        _ = await shop.Settled(subscription);

        var chase = (await shop.Subscription(subscription))["dunning"]!;
        chase["next_attempt_on"]!.GetValue<string>().ShouldBe("2025-11-02");
        chase["grace_until"]!.GetValue<string>().ShouldBe("2025-11-08");
        (chase["attempts_made"]!.GetValue<int>(), chase["attempts_max"]!.GetValue<int>()).ShouldBe((1, 5));
        var steps = (await shop.Admin.Get($"/subscriptions/{subscription}/dunning")).Is(200).Json["steps"]!.AsArray();
        steps.Select(step => $"{step!["on"]} {step["kind"]}").ShouldBe(
            ["2025-11-02 attempt", "2025-11-10 attempt", "2025-11-14 attempt", "2025-11-21 attempt", "2025-11-21 error", "2025-11-22 expiry"]);

        // Three attempts, and a look at the invoice on the day after it was due.
        var stops = await shop.Advance("2025-11-21T12:00:00Z");
        stops.ShouldBeLessThanOrEqualTo(6);
        (await shop.Payments(subscription)).Single()["settling_attempts"]!.GetValue<int>().ShouldBe(5);
        (await shop.Payments(subscription)).Single()["last_attempt_on"]!.GetValue<string>().ShouldBe("2025-11-21");
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("error");
        await shop.Advance("2025-11-22T12:00:00Z");
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("expired");
        (await shop.Admin.Get($"/invoices?status=overdue")).Is(200).Json["data"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_expired_card_is_tried_once_and_the_chase_waits_for_another()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer("sbx_visa_4242_1125");
        var subscription = await shop.Subscribe(customer);
        (await shop.Settled(subscription))["status"]!.GetValue<string>().ShouldBe("captured");

        await shop.Advance("2025-12-04T12:00:00Z");
        var payment = (await shop.Payments(subscription)).Single(one => one["status"]!.GetValue<string>() == "failed");
        (payment["failure_code"]!.GetValue<string>(), payment["settling_attempts"]!.GetValue<int>()).ShouldBe(("expired_card", 1));
        (await shop.Subscription(subscription))["dunning"]!["waiting_for"]!.GetValue<string>().ShouldBe("card");

        var card = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201).Id;
        _ = (await shop.Admin.Post($"/payment-methods/{card}/set-default", new { })).Is(200);
        await Becomes(shop, subscription, "active");
    }

    [Fact]
    public async Task Money_on_the_balance_recovers_a_subscription_and_what_it_leaves_is_charged()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(Shop.Declined);
        var subscription = await shop.Subscribe(customer);
        _ = await shop.Settled(subscription);
        _ = (await shop.Admin.Post($"/customers/{customer}/balance-adjustments", new { operation = "credit", amount = new { amount = 15000, currency = "ISK" } })).Is(201);
        await Becomes(shop, subscription, "active");
        (await shop.Payments(subscription)).Single()["status"]!.GetValue<string>().ShouldBe("failed");
        await shop.Advance("2025-12-01T12:00:00Z");
        (await shop.Payments(subscription)).Count.ShouldBe(2);
    }

    private static async Task Becomes(Shop shop, string subscription, string status)
    {
        for (var i = 0; i < 400 && (await shop.Subscription(subscription))["status"]!.GetValue<string>() != status; i++) await Task.Delay(25);
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe(status);
    }

    /// <summary>Each keeps states in memory that the other has moved on.</summary>
    [Fact]
    public async Task Two_processes_that_share_the_work_make_every_attempt_once()
    {
        const int Subscribers = 25;
        await using var second = await LedgerApp.Start(connectionString: shared.App.ConnectionString);
        var shop = await Shop.Open(shared.App);
        for (var i = 0; i < Subscribers; i++) _ = await shop.Subscribe(await shop.Customer(Shop.Declined));

        await shop.Advance("2025-11-21T12:00:00Z");
        var payments = (await shop.Admin.Get("/payments?limit=100")).Is(200).Json["data"]!.AsArray();
        payments.Select(one => one!["settling_attempts"]!.GetValue<int>()).ShouldBe(Enumerable.Repeat(20, Subscribers));
        var subscriptions = (await shop.Admin.Get("/subscriptions?limit=100")).Is(200).Json["data"]!.AsArray();
        subscriptions.Select(one => one!["status"]!.GetValue<string>()).ShouldBe(Enumerable.Repeat("expired", Subscribers));
    }
}

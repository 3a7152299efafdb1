namespace Ledger.Scenarios.Billing;

[Collection("app")]
public class DunningTests(SharedApp shared)
{
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
    }

    [Fact]
    public async Task A_new_card_recovers_a_subscription_and_its_billing_day_stays()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(Shop.Declined);
        var subscription = await shop.Subscribe(customer);
        _ = await shop.Settled(subscription);
        _ = await shop.Run("2025-11-02");
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("past_due");

        _ = await shop.Run("2025-11-03");
        var card = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201).Id;
        _ = (await shop.Admin.Put($"/subscriptions/{subscription}/payment-method", new { payment_method_id = card })).Is(200);
        var run = await shop.Run("2025-11-04");
        run["captured"]!.GetValue<long>().ShouldBe(1);
        var recovered = await shop.Subscription(subscription);
        recovered["status"]!.GetValue<string>().ShouldBe("active");
        recovered["next_billing_on"]!.GetValue<string>().ShouldBe("2025-12-01");
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

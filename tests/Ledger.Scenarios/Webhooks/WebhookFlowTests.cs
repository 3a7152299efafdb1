using Ledger.Scenarios.Payments;

namespace Ledger.Scenarios.Webhooks;

/// <summary>Webhooks as merchants and shops meet them.</summary>
public class WebhookFlowTests(WebhookApp shared) : IClassFixture<WebhookApp>
{
    private static readonly string[] Fields = ["event", "payment_id", "order_id", "amount", "currency", "status", "created_at"];

    /// <summary>F1, what the merchant hears.</summary>
    [Fact]
    public async Task A_merchant_hears_of_a_payment_and_its_refund_in_seven_fields()
    {
        var merchant = await Merchant.Open(shared.App);
        var endpoint = await Endpoint.Register(shared, merchant.Admin, format: "gateway");
        var order = await merchant.Order();
        var payment = (await merchant.Pay(order)).Is(201).Json["id"]!.GetValue<string>();
        var told = (await endpoint.Wait(1)).Single();
        told.Json.AsObject().Select(one => one.Key).ShouldBe(Fields);
        told.Json["event"]!.GetValue<string>().ShouldBe("payment.authorized");
        told.Json["payment_id"]!.GetValue<string>().ShouldBe(payment);
        told.Json["order_id"]!.GetValue<string>().ShouldBe(order);
        told.Json["amount"]!.GetValue<string>().ShouldBe("100.00");
        told.Json["currency"]!.GetValue<string>().ShouldBe("INR");
        told.Json["status"]!.GetValue<string>().ShouldBe("authorized");
        (await endpoint.Until("succeeded", 1))["type"]!.GetValue<string>().ShouldBe("payment.authorized");
        (await endpoint.Deliveries("?status=succeeded")).Count.ShouldBe(1);

        _ = (await merchant.Admin.Post("/refunds", new { payment_id = payment })).Is(201);
        var refunded = (await endpoint.Wait(2))[1];
        refunded.Type.ShouldBe("payment.refunded");
        refunded.Json["amount"]!.GetValue<string>().ShouldBe("100.00");
        refunded.Json["status"]!.GetValue<string>().ShouldBe("refunded");
        refunded.Sequence.ShouldBe(2);
    }

    /// <summary>F2, what the merchant hears.</summary>
    [Fact]
    public async Task A_merchant_hears_of_a_payment_that_failed_and_of_the_next()
    {
        var merchant = await Merchant.Open(shared.App);
        var endpoint = await Endpoint.Register(shared, merchant.Admin, format: "gateway");
        var order = await merchant.Order();
        _ = (await merchant.Pay(order, Merchant.Declined)).Is(402);
        (await endpoint.Wait(1)).Single().Type.ShouldBe("payment.failed");
        _ = (await merchant.Pay(order)).Is(201);
        (await endpoint.Wait(2))[1].Type.ShouldBe("payment.authorized");
        endpoint.Heard.Select(one => one.Json["order_id"]!.GetValue<string>()).Distinct().ShouldBe([order]);
    }

    /// <summary>F8.</summary>
    [Fact]
    public async Task A_merchant_that_is_down_is_tried_six_times_and_given_up()
    {
        var (merchant, shop, endpoint) = await Down();
        var payment = (await merchant.Pay(await merchant.Order())).Is(201).Json["id"]!.GetValue<string>();
        var now = DateTime.Parse("2025-11-01T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);
        var attempts = 1;
        foreach (var wait in new[] { 1, 5, 30, 120, 720 })
        {
            _ = await endpoint.Until("failed", attempts);
            now = now.AddMinutes(wait).AddSeconds(-1);
            await shop.Advance($"{now:yyyy-MM-ddTHH:mm:ssZ}");
            _ = await endpoint.Until("failed", attempts);
            now = now.AddSeconds(1);
            await shop.Advance($"{now:yyyy-MM-ddTHH:mm:ssZ}");
            attempts++;
        }

        _ = await endpoint.Until("abandoned", 6);
        endpoint.Heard.Count.ShouldBe(6);
        endpoint.Heard.Select(one => one.Id).Distinct().Count().ShouldBe(1);
        (await merchant.Status($"/payments/{payment}")).ShouldBe("captured");
        var gap = (await merchant.Admin.Get($"/webhook-endpoints/{endpoint.Id}/gaps")).Is(200).Json["data"]!.AsArray().Single()!;
        gap["sequence"]!.GetValue<long>().ShouldBe(1);
        gap["last_status"]!.GetValue<int>().ShouldBe(500);
    }

    /// <summary>F8.</summary>
    [Fact]
    public async Task A_merchant_that_is_back_hears_at_the_third_attempt()
    {
        var (merchant, shop, endpoint) = await Down();
        _ = (await merchant.Pay(await merchant.Order())).Is(201);
        _ = await endpoint.Until("failed", 1);
        await shop.Advance("2025-11-01T12:01:00Z");
        _ = await endpoint.Until("failed", 2);
        endpoint.Answers(204);
        await shop.Advance("2025-11-01T12:06:00Z");
        var delivery = await endpoint.Until("succeeded", 3);
        var details = (await merchant.Admin.Get($"/webhook-endpoints/{endpoint.Id}/deliveries/{delivery["id"]}")).Is(200).Json;
        details["attempts"]!.AsArray().Select(one => one!["status"]!.GetValue<int>()).ShouldBe([500, 500, 204]);
        details["attempts"]![0]!["next_at"]!.GetValue<string>().ShouldBe("2025-11-01T12:01:00Z");
        details["attempts"]![0]!["answer"]!.GetValue<string>().ShouldStartWith("HTTP/1.1 500");
        details["body"]!.GetValue<string>().ShouldBe(endpoint.Heard[0].Body);
    }

    /// <summary>G3, and B1.</summary>
    [Fact]
    public async Task A_shop_hears_of_what_it_asked_for_and_of_nothing_else()
    {
        var shop = await Shop.Open(shared.App);
        var endpoint = await Endpoint.Register(shared, shop.Admin, ["payment.succeeded", "subscription.past_due"], with: new { secret = Endpoint.OwnSecret });
        endpoint.Secret.ShouldBeNull();
        var customer = await shop.Customer();
        var subscription = await shop.Subscribe(customer);
        _ = await shop.Settled(subscription);
        var paid = (await endpoint.Wait(1)).Single();
        paid.Type.ShouldBe("payment.succeeded");
        var data = paid.Json["data"]!;
        data["amount"]!["amount"]!.GetValue<long>().ShouldBe(15000);
        data["subscription_id"]!.GetValue<string>().ShouldBe(subscription);
        data["customer_id"]!.GetValue<string>().ShouldBe(customer);
        data["status"]!.GetValue<string>().ShouldBe("captured");

        var late = await shop.Subscribe(await shop.Customer(Shop.Declined));
        _ = await shop.Settled(late);
        var due = (await endpoint.Wait(2))[1];
        due.Type.ShouldBe("subscription.past_due");
        due.Json["data"]!["id"]!.GetValue<string>().ShouldBe(late);
        due.Json["data"]!["status"]!.GetValue<string>().ShouldBe("past_due");

        _ = (await shop.Admin.Delete($"/webhook-endpoints/{endpoint.Id}")).Is(204);
        (await shop.Admin.Get($"/webhook-endpoints/{endpoint.Id}")).Refuses(404, "webhook_endpoint_not_found");
        var witness = await Endpoint.Register(shared, shop.Admin, ["payment.succeeded"]);
        var next = await shop.Subscribe(customer);
        _ = await shop.Settled(next);
        _ = await witness.Wait(1);
        endpoint.Heard.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_moved_clock_has_stopped_only_when_endpoints_were_told_what_fell_due()
    {
        var shop = await Shop.Open(shared.App);
        var endpoint = await Endpoint.Register(shared, shop.Admin, ["payment.succeeded", "subscription.past_due"]);
        shared.Consumer.Answer(endpoint.Path, async (http, count) =>
        {
            await Task.Delay(300);
            http.Response.StatusCode = count == 1 ? 500 : 204;
        });
        _ = await shop.Settled(await shop.Subscribe(await shop.Customer()));
        _ = await endpoint.Until("failed", 1);

        _ = await shop.Advance("2026-01-02T12:00:00Z");
        var told = await endpoint.Deliveries();
        told.Select(one => one["status"]!.GetValue<string>()).ShouldBe(["succeeded", "succeeded", "succeeded"]);
        told[^1]["attempts"]!.GetValue<int>().ShouldBe(2);
        endpoint.Heard.Select(one => one.Json["timestamp"]!.GetValue<string>()[..7]).ShouldBe(["2025-11", "2025-11", "2025-12", "2026-01"]);
    }

    [Fact]
    public async Task A_clock_moves_on_without_an_endpoint_that_does_not_answer()
    {
        var shop = await Shop.Open(shared.App);
        var endpoint = await Endpoint.Register(shared, shop.Admin, ["payment.succeeded"], with: new { retry_waits = Array.Empty<int>() });
        shared.Consumer.Answer(endpoint.Path, (http, _) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        _ = await shop.Settled(await shop.Subscribe(await shop.Customer()));
        _ = await shop.Advance("2026-03-02T12:00:00Z");
        endpoint.Heard.Count.ShouldBeGreaterThan(0);
    }

    private async Task<(Merchant, Shop, Endpoint)> Down()
    {
        var merchant = await Merchant.Open(shared.App);
        var endpoint = await Endpoint.Register(shared, merchant.Admin, format: "gateway");
        endpoint.Answers(500);
        return (merchant, new Shop(merchant.Tenant), endpoint);
    }
}

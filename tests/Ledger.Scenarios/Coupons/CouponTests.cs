namespace Ledger.Scenarios.Coupons;

[Collection("app")]
public class CouponTests(SharedApp shared)
{
    [Fact]
    public async Task It_reduces_one_charge_and_no_more()
    {
        var (shop, subscription) = await Billed("2025-11-20");
        var applied = (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "save20" })).Is(200).Json;
        applied["coupons"]![0]!["charges_left"]!.GetValue<int>().ShouldBe(1);
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "SAVE20" })).Is(200).Json["coupons"]!.AsArray().Count.ShouldBe(1);

        var next = (await shop.Admin.Get($"/subscriptions/{subscription}/upcoming-invoice")).Is(200).Json;
        next["total"]!["amount"]!.GetValue<long>().ShouldBe(12000);
        next["lines"]![0]!["discount"]!["amount"]!.GetValue<long>().ShouldBe(3000);
        (await shop.Run("2025-12-01"))["captured_totals"]![0]!["amount"]!.GetValue<long>().ShouldBe(12000);
        (await shop.Run("2026-01-01"))["captured_totals"]![0]!["amount"]!.GetValue<long>().ShouldBe(15000);
        (await shop.Subscription(subscription))["coupons"]!.AsArray().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-01-01", "coupon_expired")]
    [InlineData("2025-12-05", "coupon_activation_closed")]
    [InlineData("2025-10-31", "coupon_not_yet_active")]
    public async Task Outside_its_days_it_is_refused(string today, string code)
    {
        var shop = await Open(today);
        var subscription = await shop.Subscribe(await shop.Customer(card: null));
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "SAVE20" })).Refuses(422, code);
        var validation = (await shop.Admin.Post("/coupon-validations", new { code = "SAVE20", order_total = new { amount = 15000, currency = "ISK" } })).Is(200).Json;
        validation["valid"]!.GetValue<bool>().ShouldBeFalse();
        validation["reason"]!.GetValue<string>().ShouldBe(code);
    }

    [Fact]
    public async Task What_it_is_not_good_for_a_second_one_and_an_unknown_one_are_refused()
    {
        var (shop, subscription) = await Billed("2025-11-20");
        await Create(shop, "OTHER", new[] { Guid.NewGuid().ToString() });
        await Create(shop, "SECOND", null);
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "OTHER" })).Refuses(422, "coupon_not_applicable");
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "NONE" })).Refuses(404, "coupon_not_found");
        _ = (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "SAVE20" })).Is(200);
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "SECOND" })).Refuses(409, "coupon_already_applied");
        (await shop.Admin.Post("/coupons", new { code = "Save20", amount = 5 })).Refuses(409, "coupon_code_taken");
    }

    [Fact]
    public async Task Entered_by_many_at_once_one_of_two_reduces_the_charge()
    {
        var (shop, subscription) = await Billed("2025-11-20");
        await Create(shop, "SECOND", null);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = i % 2 == 0 ? "SAVE20" : "SECOND" })));
        answers.ShouldAllBe(one => one.Status == 200 || one.Code == "coupon_already_applied" || one.Code == "try_again");
        (await shop.Subscription(subscription))["coupons"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_subscription_is_resumed_with_one()
    {
        var (shop, subscription) = await Billed("2025-11-20");
        _ = (await shop.Admin.Post($"/subscriptions/{subscription}/pause", new { reason = "Going on vacation" })).Is(200);
        (await shop.Admin.Post($"/subscriptions/{subscription}/resume", new { coupon_code = "NONE" })).Refuses(404, "coupon_not_found");
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("on_hold");
        var resumed = (await shop.Admin.Post($"/subscriptions/{subscription}/resume", new { coupon_code = "SAVE20" })).Is(200).Json;
        resumed["status"]!.GetValue<string>().ShouldBe("active");
        resumed["coupons"]![0]!["code"]!.GetValue<string>().ShouldBe("SAVE20");
    }

    private async Task<Shop> Open(string today)
    {
        var shop = await Shop.Open(shared.App, today);
        await Create(shop, "SAVE20", new[] { shop.Variation });
        return shop;
    }

    private async Task<(Shop, string)> Billed(string today)
    {
        var shop = await Open("2025-11-01");
        var subscription = await shop.Subscribe(await shop.Customer());
        _ = await shop.Settled(subscription);
        await shop.Advance($"{today}T12:00:00Z");
        return (shop, subscription);
    }

    private static async Task Create(Shop shop, string code, string[]? variations) => _ = (await shop.Admin.Post("/coupons", new
    {
        code, discount_type = "percentage", amount = 20, activation_start_time = "2025-11-01", activation_end_time = "2025-11-30",
        validity_start_time = "2025-11-01", validity_end_time = "2025-12-31", fixed_deliveries = 1, product_variations = variations,
    })).Is(201);
}

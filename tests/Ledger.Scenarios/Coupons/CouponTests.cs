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

    /// <summary>B5: whatever was refused, the next charge is the whole price.</summary>
    [Theory]
    [InlineData("2026-01-01", "SAVE20", 422, "coupon_expired")]
    [InlineData("2025-12-05", "SAVE20", 422, "coupon_activation_closed")]
    [InlineData("2025-11-20", "LATER", 422, "coupon_not_yet_active")]
    [InlineData("2025-11-20", "OTHER", 422, "coupon_not_applicable")]
    [InlineData("2025-11-20", "NONE", 404, "coupon_not_found")]
    public async Task What_is_refused_reduces_nothing(string today, string code, int status, string refusal)
    {
        var (shop, subscription) = await Billed(today);
        await Create(shop, "OTHER", new[] { Guid.NewGuid().ToString() });
        _ = (await shop.Admin.Post("/coupons", new { code = "LATER", amount = 20, activation_start_time = "2026-02-01" })).Is(201);
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code })).Refuses(status, refusal);
        (await shop.Admin.Get($"/subscriptions/{subscription}/upcoming-invoice")).Is(200).Json["total"]!["amount"]!.GetValue<long>().ShouldBe(15000);
    }

    /// <summary>T-07: percentages first, fixed amounts after, whichever was entered first.</summary>
    [Fact]
    public async Task Where_they_stack_up_to_five_reduce_a_charge()
    {
        var (shop, subscription) = await Billed("2025-11-20");
        (await shop.Admin.Patch("/tenants/current/settings", new { coupons_stack = true })).Is(200).Json["coupons_stack"]!.GetValue<bool>().ShouldBeTrue();
        _ = (await shop.Admin.Post("/coupons", new { code = "FIXED", discount_type = "fixed_amount", fixed_amount = new { amount = 1000, currency = "ISK" } })).Is(201);
        foreach (var code in new[] { "FIXED", "SAVE20" }) _ = (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code })).Is(200);
        var next = (await shop.Admin.Get($"/subscriptions/{subscription}/upcoming-invoice")).Is(200).Json;
        next["total"]!["amount"]!.GetValue<long>().ShouldBe(11000);   // 15000 less 20 %, less 1000.
        next["lines"]![0]!["discount"]!["amount"]!.GetValue<long>().ShouldBe(4000);

        for (var i = 0; i < 4; i++) await Create(shop, $"MORE{i}", null);
        for (var i = 0; i < 3; i++) _ = (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = $"MORE{i}" })).Is(200);
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "MORE3" })).Refuses(409, "too_many_coupons");
    }

    [Fact]
    public async Task One_that_is_used_up_is_not_entered_again()
    {
        var (shop, subscription) = await Billed("2025-11-20");
        _ = (await shop.Admin.Post("/coupons", new { code = "ONCE", amount = 20, fixed_deliveries = 1 })).Is(201);
        _ = (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "ONCE" })).Is(200);
        (await shop.Run("2025-12-01"))["captured_totals"]![0]!["amount"]!.GetValue<long>().ShouldBe(12000);
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "ONCE" })).Refuses(409, "coupon_used_up");
    }

    [Fact]
    public async Task An_amount_in_another_currency_is_refused_and_not_valid()
    {
        var (shop, subscription) = await Billed("2025-11-20");
        _ = (await shop.Admin.Post("/coupons", new { code = "USD5", discount_type = "fixed_amount", fixed_amount = new { amount = 500, currency = "USD" } })).Is(201);
        (await shop.Admin.Post($"/subscriptions/{subscription}/coupons", new { code = "USD5" })).Refuses(422, "coupon_not_applicable");
        var validation = (await shop.Admin.Post("/coupon-validations", new { code = "USD5", order_total = new { amount = 900, currency = "ISK" } })).Is(200).Json;
        (validation["valid"]!.GetValue<bool>(), validation["reason"]!.GetValue<string>()).ShouldBe((false, "coupon_not_applicable"));
        (await shop.Subscription(subscription))["coupons"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task Entered_before_there_are_items_it_reduces_the_first_charge()
    {
        var shop = await Shop.Open(shared.App);
        _ = (await shop.Admin.Post("/coupons", new { code = "FIRST", amount = 20, fixed_deliveries = 1 })).Is(201);
        var id = (await shop.Admin.Post("/subscriptions", new { customer_id = await shop.Customer(), start_date = "2025-11-01", frequency = "monthly" })).Is(201).Id;
        _ = (await shop.Admin.Post($"/subscriptions/{id}/coupons", new { code = "FIRST" })).Is(200);
        _ = (await shop.Admin.Put($"/subscriptions/{id}/items", new { items = new[] { new { product_variation_id = shop.Variation, quantity = 2 } } })).Is(200);
        (await shop.Settled(id))["amount"]!["amount"]!.GetValue<long>().ShouldBe(12000);

        var body = new
        {
            customer_id = await shop.Customer(), start_date = "2025-11-01", frequency = "monthly", coupon_codes = new[] { "first" },
            items = new[] { new { product_variation_id = shop.Variation, quantity = 2 } },
        };
        (await shop.Settled((await shop.Admin.Post("/subscriptions", body)).Is(201).Id))["amount"]!["amount"]!.GetValue<long>().ShouldBe(12000);
        (await shop.Admin.Post("/subscriptions", new { body.customer_id, coupon_codes = new[] { "NONE" } })).Refuses(404, "coupon_not_found");
    }

    [Fact]
    public async Task A_change_says_only_what_changes()
    {
        var shop = await Open("2025-11-01");
        var before = (await shop.Admin.Get("/coupons?code=SAVE20")).Is(200).Json["data"]![0]!;
        var path = $"/coupons/{before["id"]}";
        (await shop.Admin.Patch(path, new { })).Is(200).Json.ToJsonString().ShouldBe(before.ToJsonString());
        foreach (var (change, member, value) in new (object, string, string)[]
        {
            (new { description = "Autumn" }, "description", "\"Autumn\""), (new { amount = 15 }, "amount", "15"),
            (new { fixed_deliveries = 3 }, "fixed_deliveries", "3"), (new { validity_end_time = "2026-01-31" }, "validity_end_time", "\"2026-01-31\""),
            (new { activation_end_time = "2025-12-31" }, "activation_end_time", "\"2025-12-31\""),
            (new { product_variations = Array.Empty<string>() }, "product_variations", "[]"),
        })
        {
            var expected = System.Text.Json.Nodes.JsonNode.Parse(before.ToJsonString())!.AsObject();
            expected[member] = System.Text.Json.Nodes.JsonNode.Parse(value);
            before = (await shop.Admin.Patch(path, change)).Is(200).Json;
            System.Text.Json.Nodes.JsonNode.DeepEquals(before, expected).ShouldBeTrue($"{before} is not {expected}");
        }

        var turned = (await shop.Admin.Patch(path, new { fixed_amount = new { amount = 500, currency = "ISK" } })).Is(200).Json;
        (turned["discount_type"]!.GetValue<string>(), turned["amount"], turned["fixed_deliveries"]!.GetValue<int>()).ShouldBe(("fixed_amount", null, 3));
        _ = (await shop.Admin.Patch(path, new { description = "Still" })).Is(200);
        (await shop.Admin.Patch(path, new { discount_type = "percentage" })).Refuses(400, "validation_failed");
        (await shop.Admin.Patch(path, new { validity_end_time = "2025-10-01" })).Refuses(400, "validation_failed");
        (await shop.Admin.Patch($"/coupons/{Guid.NewGuid()}", new { description = "x" })).Refuses(404, "coupon_not_found");
    }

    [Fact]
    public async Task Whose_order_it_is_about_is_a_customer_of_the_tenant()
    {
        var (shop, other) = (await Open("2025-11-01"), await Shop.Open(shared.App));
        Task<LedgerAnswer> Validate(LedgerClient by, string customer) =>
            by.Post("/coupon-validations", new { code = "SAVE20", customer_id = customer, order_total = new { amount = 900, currency = "ISK" } });
        var known = await shop.Customer();
        _ = (await Validate(shop.Admin, known)).Is(200);
        (await Validate(shop.Admin, Guid.NewGuid().ToString())).Refuses(404, "customer_not_found");
        (await Validate(shop.Admin, await other.Customer())).Refuses(404, "customer_not_found");
        (await Validate((await shared.App.NewCustomer(shop.Tenant)).AsClient(), known)).Refuses(404, "customer_not_found");
    }

    [Fact]
    public async Task The_balance_that_pays_is_shown_before_and_after()
    {
        var (shop, subscription) = await Billed("2025-11-20");
        var customer = (await shop.Subscription(subscription))["customer_id"]!.GetValue<string>();
        _ = (await shop.Admin.Post($"/customers/{customer}/balance-adjustments", new { operation = "credit", amount = new { amount = 4000, currency = "ISK" }, reason = "goodwill" })).Is(201);
        var next = (await shop.Admin.Get($"/subscriptions/{subscription}/upcoming-invoice")).Is(200).Json;
        (next["from_balance"]!["amount"]!.GetValue<long>(), next["due"]!["amount"]!.GetValue<long>()).ShouldBe((4000, 11000));
        (await shop.Run("2025-12-01"))["captured_totals"]![0]!["amount"]!.GetValue<long>().ShouldBe(11000);
        var listed = (await shop.Admin.Get($"/invoices?subscription_id={subscription}")).Is(200).Json["data"]![0]!;
        var read = (await shop.Admin.Get($"/invoices/{listed["id"]}")).Is(200).Json;
        foreach (var invoice in new[] { listed, read })
            (invoice["amount_paid"]!["amount"]!.GetValue<long>(), invoice["from_balance"]!["amount"]!.GetValue<long>()).ShouldBe((15000, 4000));
    }

    /// <summary>The same item again comes to nothing; one more is half of its price for half of the month.</summary>
    [Fact]
    public async Task A_change_within_a_period_is_reduced_as_the_period_was()
    {
        var shop = await Shop.Open(shared.App);
        _ = (await shop.Admin.Post("/coupons", new { code = "HALF", amount = 50 })).Is(201);
        var id = (await shop.Admin.Post("/subscriptions", new
        {
            customer_id = await shop.Customer(), start_date = "2025-11-01", frequency = "monthly", coupon_codes = new[] { "HALF" },
            items = new[] { new { product_variation_id = shop.Variation, quantity = 2 } },
        })).Is(201).Id;
        _ = await shop.Settled(id);
        _ = await shop.Advance("2025-11-16T12:00:00Z");
        object Items(int quantity) => new { items = new[] { new { product_variation_id = shop.Variation, quantity } }, when = "now" };
        _ = (await shop.Admin.Put($"/subscriptions/{id}/items", Items(2))).Is(200);
        (await shop.Admin.Get($"/invoices?subscription_id={id}")).Is(200).Json["data"]!.AsArray().Count.ShouldBe(1);
        _ = (await shop.Admin.Put($"/subscriptions/{id}/items", Items(4))).Is(200);
        (await shop.Admin.Get($"/invoices?subscription_id={id}")).Is(200).Json["data"]![0]!["total"]!["amount"]!.GetValue<long>().ShouldBe(3750);
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

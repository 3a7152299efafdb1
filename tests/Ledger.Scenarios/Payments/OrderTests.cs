namespace Ledger.Scenarios.Payments;

[Collection("app")]
public class OrderTests(SharedApp shared)
{
    [Fact]
    public async Task An_order_of_items_is_invoiced_and_paid_when_it_is_charged()
    {
        var shop = await Shop.Open(shared.App);
        var order = await Order(shop, await shop.Customer());
        order.Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(15000);
        (await shop.Admin.Get("/invoices")).Json["data"]!.AsArray().ShouldBeEmpty();

        var paid = (await shop.Admin.Post($"/orders/{order.Id}/charge", new { })).Is(200).Json;
        paid["status"]!.GetValue<string>().ShouldBe("paid");
        var invoice = (await shop.Admin.Get($"/invoices/{paid["invoice_id"]}")).Is(200).Json;
        invoice["status"]!.GetValue<string>().ShouldBe("paid");
        invoice["tax"]!["amount"]!.GetValue<long>().ShouldBe(2903);
        invoice["order_id"]!.ToString().ShouldBe(order.Id);
        (await shop.Admin.Get($"/payments/{paid["payment_id"]}")).Json["order_id"]!.ToString().ShouldBe(order.Id);
        (await shop.Admin.Post($"/orders/{order.Id}/charge", new { })).Refuses(409, "order_already_paid");
        (await shop.Admin.Patch($"/orders/{order.Id}", new { gift = true })).Refuses(409, "order_locked");

        var refund = (await shop.Admin.Post("/refunds", new { order_id = order.Id })).Is(201).Json;
        refund["credit_note_id"].ShouldNotBeNull();
        (await shop.Admin.Get($"/orders/{order.Id}")).Json["status"]!.GetValue<string>().ShouldBe("refunded");
    }

    [Fact]
    public async Task A_declined_order_keeps_its_invoice_and_is_charged_again()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(Shop.Declined);
        var order = (await Order(shop, customer)).Id;
        (await shop.Admin.Post($"/orders/{order}/charge", new { })).Refuses(402, "card_declined");
        (await shop.Admin.Put($"/orders/{order}/items", new { items = new[] { new { product_variation_id = shop.Variation, quantity = 1 } } })).Refuses(409, "order_invoiced");
        var card = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201).Id;
        (await shop.Admin.Post($"/orders/{order}/settle", new { mode = "charge", payment_method_id = card })).Is(200).Json["status"]!.GetValue<string>().ShouldBe("paid");
        (await new Merchant(shared.App, shop.Tenant).List("/invoices")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_balance_pays_first_and_an_invoice_paid_by_itself_pays_its_order()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        _ = (await shop.Admin.Post($"/customers/{customer}/balance-adjustments", new { operation = "credit", amount = new { amount = 16000, currency = "ISK" } })).Is(201);
        var all = (await shop.Admin.Post($"/orders/{(await Order(shop, customer)).Id}/charge", new { })).Is(200).Json;
        all["status"]!.GetValue<string>().ShouldBe("paid");
        all["payment_id"].ShouldBeNull();
        var part = (await shop.Admin.Post($"/orders/{(await Order(shop, customer)).Id}/charge", new { })).Is(200).Json;
        (await shop.Admin.Get($"/payments/{part["payment_id"]}")).Json["captured"]!["amount"]!.GetValue<long>().ShouldBe(14000);

        var declined = await shop.Customer(Shop.Declined);
        var order = (await Order(shop, declined)).Id;
        (await shop.Admin.Post($"/orders/{order}/charge", new { })).Is(402);
        _ = (await shop.Admin.Post($"/customers/{declined}/payment-methods", new { token = Shop.Good })).Is(201);
        var method = (await shop.Admin.Get($"/customers/{declined}/payment-methods")).Json["data"]!.AsArray().Single(one => one!["last4"]!.ToString() == "4242")!["id"]!.ToString();
        var invoice = (await shop.Admin.Get($"/orders/{order}")).Json["invoice_id"]!.ToString();
        _ = (await shop.Admin.Post($"/invoices/{invoice}/pay", new { payment_method_id = method })).Is(200);
        (await shop.Admin.Get($"/orders/{order}")).Json["status"]!.GetValue<string>().ShouldBe("paid");
    }

    [Fact]
    public async Task An_order_is_changed_moved_linked_and_cancelled()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        var subscription = await shop.Subscribe(customer);
        var order = (await Order(shop, customer)).Id;
        (await shop.Admin.Patch($"/orders/{order}", new { gift = true, external_id = "web-1" })).Is(200).Json["gift"]!.GetValue<bool>().ShouldBeTrue();
        (await shop.Admin.Put($"/orders/{order}/items", new { items = new[] { new { product_variation_id = shop.Variation, quantity = 3 } } })).Is(200)
            .Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(22500);
        (await shop.Admin.Put($"/orders/{order}/delivery-date", new { delivery_date = "2025-11-05" })).Is(200).Json["delivery_date"]!.GetValue<string>().ShouldBe("2025-11-05");
        (await shop.Admin.Put($"/orders/{order}/subscription", new { subscription_id = subscription })).Is(200);
        (await shop.Admin.Get($"/orders?subscription_id={subscription}")).Json["data"]!.AsArray().Count.ShouldBe(1);
        (await shop.Admin.Post("/orders", new { amount = 5, external_id = "web-1" })).Refuses(409, "order_external_id_taken");
        (await shop.Admin.Post($"/orders/{order}/cancel", new { reason = "Sold out" })).Is(200).Json["status"]!.GetValue<string>().ShouldBe("cancelled");
        (await shop.Admin.Post($"/orders/{order}/charge", new { })).Refuses(409, "order_cancelled");
    }

    [Fact]
    public async Task A_plan_takes_the_place_of_an_order()
    {
        var shop = await Shop.Open(shared.App);
        var order = (await Order(shop, await shop.Customer())).Id;
        var settled = (await shop.Admin.Post($"/orders/{order}/settle", new { mode = "plan", frequency = "monthly" }, "plan")).Is(200).Json;
        settled["status"]!.GetValue<string>().ShouldBe("cancelled");
        (await shop.Settled(settled["subscription_id"]!.ToString()))["amount"]!["amount"]!.GetValue<long>().ShouldBe(15000);
        (await shop.Admin.Post($"/orders/{order}/settle", new { mode = "plan", frequency = "monthly" }, "plan")).Is(200);
        (await shop.Admin.Get("/subscriptions")).Json["data"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_confirmation_is_shown_to_whoever_has_its_link_and_nobody_else()
    {
        var shop = await Shop.Open(shared.App);
        var order = await Order(shop, await shop.Customer());
        var link = order.Json["confirmation_url"]!.GetValue<string>()["/api/v1".Length..];
        var shown = (await shared.App.Anonymous.Get(link)).Is(200);
        shown.Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(15000);
        shown.Text.ShouldNotContain("customer");
        (await shared.App.Anonymous.Get(link[..^1] + (link[^1] == '0' ? '1' : '0'))).Is(404);
        var other = await Order(shop, await shop.Customer());
        (await shared.App.Anonymous.Get(link.Replace(order.Id, other.Id, StringComparison.Ordinal))).Is(404);
    }

    [Fact]
    public async Task A_customer_orders_what_is_in_the_catalog_and_sees_no_one_elses()
    {
        var shop = await Shop.Open(shared.App);
        using var browser = await shared.App.NewCustomer(shop.Tenant);
        var self = browser.AsClient();
        var items = new[] { new { product_variation_id = shop.Variation, quantity = 1 } };
        var order = (await self.Post("/orders", new { items })).Is(201).Id;
        (await self.Post("/orders", new { amount = 1 })).Refuses(403, "member_not_yours");
        (await self.Post("/orders", new { items = new[] { new { description = "x", price = new { amount = 1, currency = "ISK" } } } })).Refuses(403, "member_not_yours");
        var foreign = (await Order(shop, await shop.Customer())).Id;
        (await self.Get($"/orders/{foreign}")).Refuses(404, "order_not_found");
        (await self.Get("/orders")).Json["data"]!.AsArray().Single()!["id"]!.ToString().ShouldBe(order);
        (await self.Post("/payment-intents", new { order_id = foreign })).Refuses(404, "order_not_found");
        (await self.Post("/payment-intents", new { order_id = order })).Is(201).Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(7500);
    }

    private static async Task<LedgerAnswer> Order(Shop shop, string customer) => (await shop.Admin.Post("/orders", new
    {
        customer_id = customer, items = new[] { new { product_variation_id = shop.Variation, quantity = 2 } },
    })).Is(201);
}

using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Invoices;

[Collection("app")]
public class OneOffInvoiceTests(SharedApp shared)
{
    /// <summary>R-01: a balance of 20 on a charge of 100.</summary>
    [Fact]
    public async Task The_balance_pays_first_and_the_card_the_rest()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        (await Give(shop, customer, 2000)).Is(201);
        var invoice = await Invoice(shop, customer, 10000);
        invoice["invoice_number"]!.GetValue<string>().ShouldBe("INV-000001");
        Amount(invoice["amount_due"]).ShouldBe(8000);

        var key = Guid.NewGuid().ToString();
        var paid = (await shop.Admin.Post($"/invoices/{invoice["id"]}/pay", new { }, key)).Is(200).Json;
        Amount(paid["captured"]).ShouldBe(8000);
        (await shop.Admin.Post($"/invoices/{invoice["id"]}/pay", new { }, key)).Is(200).Headers.ContainsKey("Idempotent-Replayed").ShouldBeTrue();
        (await shop.Admin.Post($"/invoices/{invoice["id"]}/pay", new { })).Refuses(409, "invoice_already_paid");
        Amount((await Balance(shop, customer))["amounts"]![0]).ShouldBe(0);
        (await Read(shop, invoice))["status"]!.GetValue<string>().ShouldBe("paid");
    }

    [Fact]
    public async Task Paid_by_many_at_once_it_is_charged_once()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        var invoice = await Invoice(shop, customer, 10000);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => shop.Admin.Post($"/invoices/{invoice["id"]}/pay", new { })));
        answers.Count(one => one.Status == 200).ShouldBe(1);
        answers.Where(one => one.Status != 200).ShouldAllBe(one => one.Code == "payment_pending" || one.Code == "invoice_already_paid");
        for (var i = 0; i < 200 && (await Payments(shop, customer)).Count == 0; i++) await Task.Delay(25);
        (await Payments(shop, customer)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_declined_card_leaves_it_to_be_paid()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(Shop.Declined);
        var invoice = await Invoice(shop, customer, 10000);
        var declined = (await shop.Admin.Post($"/invoices/{invoice["id"]}/pay", new { })).Refuses(402, "card_declined");
        (await shop.Admin.Get($"/payments/{declined.Json["payment_id"]}")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("failed");
        (await Read(shop, invoice))["status"]!.GetValue<string>().ShouldBe("pending");

        var card = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { provider = "sandbox", token = Shop.Good })).Is(201).Id;
        (await shop.Admin.Post($"/invoices/{invoice["id"]}/pay", new { payment_method_id = card })).Is(200).Json["settling_attempts"]!.GetValue<int>().ShouldBe(2);
        (await Read(shop, invoice))["status"]!.GetValue<string>().ShouldBe("paid");
    }

    [Fact]
    public async Task Tried_again_it_is_charged_to_the_default_of_now_or_to_the_card_that_is_named()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer(Shop.Declined);
        var payments = new List<string>();
        for (var i = 0; i < 2; i++)
            payments.Add((await shop.Admin.Post($"/invoices/{(await Invoice(shop, customer, 10000))["id"]}/pay", new { })).Refuses(402, "card_declined").Json["payment_id"]!.ToString());
        var card = (await shop.Admin.Post($"/customers/{customer}/payment-methods", new { provider = "sandbox", token = Shop.Good })).Is(201).Id;
        (await shop.Admin.Post($"/payments/{payments[0]}/retry", new { force = true, payment_method_id = Guid.NewGuid() })).Refuses(404, "payment_method_not_found");
        (await shop.Admin.Post($"/payments/{payments[0]}/retry", new { force = true, payment_method_id = card })).Is(200).Json["status"]!.GetValue<string>().ShouldBe("captured");
        _ = (await shop.Admin.Post($"/payment-methods/{card}/set-default", new { })).Is(200);
        (await shop.Admin.Post($"/payments/{payments[1]}/retry", new { force = true })).Is(200).Json["payment_method_id"]!.GetValue<string>().ShouldBe(card);
    }

    /// <summary>R-07.</summary>
    [Fact]
    public async Task Only_what_nothing_was_paid_on_is_made_void()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        var first = await Invoice(shop, customer, 10000);
        (await shop.Admin.Post($"/invoices/{first["id"]}/void", new { reason = "Sent twice" })).Is(200).Json["status"]!.GetValue<string>().ShouldBe("cancelled");
        (await shop.Admin.Post($"/invoices/{first["id"]}/pay", new { })).Refuses(409, "invoice_cancelled");

        var second = await Invoice(shop, customer, 10000);
        second["invoice_number"]!.GetValue<string>().ShouldBe("INV-000002");
        _ = (await shop.Admin.Post($"/invoices/{second["id"]}/pay", new { })).Is(200);
        (await shop.Admin.Post($"/invoices/{second["id"]}/void")).Refuses(409, "invoice_already_paid");
    }

    [Fact]
    public async Task It_falls_overdue_and_is_written_off()
    {
        var shop = await Shop.Open(shared.App);
        var invoice = await Invoice(shop, await shop.Customer(card: null), 10000, dueDays: 3);
        await shop.Advance("2025-11-04T23:00:00Z");
        (await Read(shop, invoice))["status"]!.GetValue<string>().ShouldBe("pending");
        await shop.Advance("2025-11-05T18:00:00Z");
        (await Read(shop, invoice))["status"]!.GetValue<string>().ShouldBe("overdue");
        (await shop.Admin.Post($"/invoices/{invoice["id"]}/write-off")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("written_off");
        (await shop.Tenant.Staff.Post($"/invoices/{invoice["id"]}/write-off")).Is(403);
        (await Account(shop, "expenses:write-offs")).ShouldBe(10000);
        (await Account(shop, "assets:receivable")).ShouldBe(0);
    }

    [Fact]
    public async Task A_draft_has_no_number_until_it_is_issued()
    {
        var shop = await Shop.Open(shared.App);
        var draft = await Invoice(shop, await shop.Customer(), 10000, draft: true);
        draft["invoice_number"].ShouldBeNull();
        draft["status"]!.GetValue<string>().ShouldBe("draft");
        (await shop.Admin.Post($"/invoices/{draft["id"]}/pay", new { })).Refuses(409, "invoice_not_open");
        (await shop.Admin.Post($"/invoices/{draft["id"]}/issue")).Is(200).Json["invoice_number"]!.GetValue<string>().ShouldBe("INV-000001");
        (await shop.Admin.Post($"/invoices/{draft["id"]}/issue")).Is(200).Json["invoice_number"]!.GetValue<string>().ShouldBe("INV-000001");
    }

    [Fact]
    public async Task What_it_says_and_what_became_of_it_is_explained()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer());
        var payment = await shop.Settled(subscription);
        var why = (await shop.Admin.Get($"/invoices/{payment["invoice_id"]}/explain")).Is(200).Json;
        why["lines"]![0]!["rule"]!.GetValue<string>().ShouldBe("2 x 7500 ISK, tax of 0.24 included");
        why["lines"]![0]!["price_from"]!["event"]!.GetValue<string>().ShouldBe("product_variation_created");
        why["events"]!.AsArray().Select(one => one!["event"]!.GetValue<string>())
            .ShouldBe(["invoice_issued", "payment_initiated", "payment_captured", "invoice_paid"]);
        why["events"]!.AsArray().ShouldAllBe(one => one!["actor_kind"] != null && one["event_id"] != null);

        var money = (await shop.Admin.Get($"/payments/{payment["id"]}/explain")).Is(200).Json;
        money["events"]!.AsArray().Count.ShouldBe(4);
        var cash = (await shop.Admin.Get("/accounts/assets:cash:sandbox/explain")).Is(200).Json;
        cash["parts"]![0]!["event"]!.GetValue<string>().ShouldBe("payment_captured");
        cash["parts"]![0]!["debit"]!.GetValue<long>().ShouldBe(15000);
        (await shop.Admin.Get("/accounts/assets:gold/explain")).Refuses(404, "account_not_found");
    }

    [Fact]
    public async Task Revenue_of_days_is_earned_as_the_clock_moves()
    {
        var shop = await Shop.Open(shared.App);
        _ = await shop.Settled(await shop.Subscribe(await shop.Customer()));
        (await Account(shop, "income:revenue")).ShouldBe(-403);
        await shop.Advance("2025-11-15T12:00:00Z");
        (await Account(shop, "income:revenue")).ShouldBe(-6049);
        (await Account(shop, "liabilities:deferred-revenue")).ShouldBe(-6048);
        var totals = (await shop.Admin.Get("/trial-balance")).Is(200).Json["totals"]![0]!;
        totals["debit"]!.GetValue<long>().ShouldBe(totals["credit"]!.GetValue<long>());
        (await shop.Admin.Get("/journal-export?format=beancount")).Is(200).Text.ShouldContain("2025-11-16 balance Income:Revenue  -6049 ISK");
    }

    private static async Task<JsonArray> Payments(Shop shop, string customer) =>
        (await shop.Admin.Get($"/payments?customer_id={customer}")).Is(200).Json["data"]!.AsArray();

    private static async Task<long> Account(Shop shop, string account) =>
        (await shop.Admin.Get("/accounts")).Is(200).Json["data"]!.AsArray().Single(one => one!["account"]!.GetValue<string>() == account)!["balance"]!.GetValue<long>();

    private static async Task<JsonNode> Invoice(Shop shop, string customer, long amount, int dueDays = 14, bool draft = false) =>
        (await shop.Admin.Post("/invoices", new
        {
            customer_id = customer, items = new[] { new { description = "Cleaning", price = new { amount, currency = "ISK" } } }, due_days = dueDays, draft,
        })).Is(201).Json;

    private static Task<LedgerAnswer> Give(Shop shop, string customer, long amount) =>
        shop.Admin.Post($"/customers/{customer}/balance-adjustments", new { operation = "credit", amount = new { amount, currency = "ISK" } });

    private static async Task<JsonNode> Balance(Shop shop, string customer) => (await shop.Admin.Get($"/customers/{customer}/balance")).Is(200).Json;

    private static async Task<JsonNode> Read(Shop shop, JsonNode invoice) => (await shop.Admin.Get($"/invoices/{invoice["id"]}")).Is(200).Json;

    private static long Amount(JsonNode? money) => money!["amount"]!.GetValue<long>();
}

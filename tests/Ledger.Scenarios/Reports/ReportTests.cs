using System.Text.Json.Nodes;
using Ledger.Domain.People;
using Ledger.Scenarios.Payments;

namespace Ledger.Scenarios.Reports;

[Collection("app")]
public class ReportTests(SharedApp shared)
{
    /// <summary>G5.1.</summary>
    [Fact]
    public async Task Recurring_revenue_counts_what_runs_by_the_month()
    {
        var shop = await Shop.Open(shared.App);
        _ = await shop.Subscribe(await shop.Customer());
        var quarterly = (await shop.Admin.Post("/subscriptions", new { customer_id = await shop.Customer(), start_date = "2025-11-01", frequency = "quarterly" })).Is(201).Id;
        _ = (await shop.Admin.Put($"/subscriptions/{quarterly}/items", new { items = new[] { new { product_variation_id = shop.Variation, quantity = 4 } } })).Is(200);
        var paused = await shop.Subscribe(await shop.Customer());
        _ = await shop.Settled(paused);
        _ = (await shop.Admin.Post($"/subscriptions/{paused}/pause", new { reason = "Away" })).Is(200);

        var mrr = (await shop.Admin.Get("/reports/mrr")).Is(200).Json;
        Amount(mrr["currencies"]![0]!["mrr"]).ShouldBe(25_000);
        Amount(mrr["currencies"]![0]!["arr"]).ShouldBe(300_000);
        var movement = (await shop.Admin.Get("/reports/mrr-movements")).Is(200).Json["data"]!.AsArray().ShouldHaveSingleItem()!;
        (movement["month"]!.GetValue<string>(), Amount(movement["new"]), Amount(movement["churn"]), Amount(movement["closing"])).ShouldBe(("2025-11", 40_000, -15_000, 25_000));

        var table = await shop.Admin.GetCsv("/reports/mrr");
        table.ShouldBe("mrr_amount,mrr_currency,arr_amount,arr_currency,subscriptions\r\n25000,ISK,300000,ISK,2\r\n");
    }

    [Fact]
    public async Task What_is_cancelled_on_its_first_day_with_nothing_billed_never_was()
    {
        var shop = await Shop.Open(shared.App);
        _ = await shop.Settled(await shop.Subscribe(await shop.Customer()));
        var never = (await shop.Admin.Post("/subscriptions", new { customer_id = await shop.Customer(), start_date = "2025-11-05", frequency = "monthly" })).Is(201).Id;
        _ = (await shop.Admin.Put($"/subscriptions/{never}/items", new { items = new[] { new { product_variation_id = shop.Variation, quantity = 4 } } })).Is(200);
        (await shop.Subscription(never))["status"]!.GetValue<string>().ShouldBe("active");
        _ = (await shop.Admin.Post($"/subscriptions/{never}/cancel", new { cancel_at_period_end = false })).Is(200);

        var movement = (await shop.Admin.Get("/reports/mrr-movements")).Is(200).Json["data"]!.AsArray().ShouldHaveSingleItem()!;
        (Amount(movement["new"]), Amount(movement["churn"]), Amount(movement["closing"])).ShouldBe((15_000, 0, 15_000));
        var churn = (await shop.Admin.Get("/reports/churn")).Is(200).Json;
        (churn["cancelled"]!.GetValue<long>(), churn["customers_left"]!.GetValue<long>()).ShouldBe((0, 0));
    }

    /// <summary>G5.2, with a tenth of the figures: 10 at the start, one cancelled, one expired.</summary>
    [Fact]
    public async Task Churn_is_who_ended_of_those_who_were_there()
    {
        var shop = await Shop.Open(shared.App);
        var subscriptions = new List<string>();
        for (var i = 0; i < 10; i++) subscriptions.Add(await shop.Subscribe(await shop.Customer(i == 0 ? Shop.Declined : Shop.Good)));
        foreach (var one in subscriptions) _ = await shop.Settled(one);
        _ = await shop.Advance("2025-11-10T12:00:00Z");
        _ = (await shop.Admin.Post($"/subscriptions/{subscriptions[1]}/cancel", new { cancel_at_period_end = false })).Is(200);
        _ = await shop.Advance("2025-11-22T12:00:00Z");

        var churn = (await shop.Admin.Get("/reports/churn?from=2025-11-02&to=2025-11-30")).Is(200).Json;
        (churn["active_at_start"]!.GetValue<long>(), churn["cancelled"]!.GetValue<long>(), churn["expired"]!.GetValue<long>(), churn["rate"]!.GetValue<decimal>()).ShouldBe((10, 1, 1, 20.0m));
        (churn["customers_at_start"]!.GetValue<long>(), churn["customers_left"]!.GetValue<long>()).ShouldBe((10, 2));
        Amount(churn["revenue"]![0]!["churned"]).ShouldBe(30_000);

        var before = (await shop.Admin.Get("/reports/churn?from=2025-11-02&to=2025-11-30&as_of=2025-11-20T12:00:00Z")).Is(200).Json;
        before["expired"]!.GetValue<long>().ShouldBe(0);
        var recovery = (await shop.Admin.Get("/reports/dunning-recovery")).Is(200).Json;
        (recovery["begun"]!.GetValue<long>(), recovery["lost"]!.GetValue<long>(), Amount(recovery["amounts"]![0]!["lost"])).ShouldBe((1, 1, 15_000));
    }

    /// <summary>G5.3.</summary>
    [Fact]
    public async Task Success_and_failure_count_payments_not_attempts()
    {
        var merchant = await Merchant.Open(shared.App);
        for (var i = 0; i < 8; i++) _ = (await merchant.Pay(await merchant.Order())).Is(201);
        for (var i = 0; i < 2; i++) _ = (await merchant.Pay(await merchant.Order(), Merchant.Declined)).Refuses(402, "card_declined");
        _ = await merchant.List("/payments");

        var rate = (await merchant.Admin.Get("/reports/payment-success-rate")).Is(200).Json;
        (rate["captured"]!.GetValue<long>(), rate["failed"]!.GetValue<long>(), rate["rate"]!.GetValue<decimal>()).ShouldBe((8, 2, 80.0m));
        var failed = (await merchant.Admin.Get("/reports/failed-payments")).Is(200).Json;
        (failed["count"]!.GetValue<long>(), Amount(failed["amounts"]![0])).ShouldBe((2, 20_000));
        failed["reasons"]!.AsArray().ShouldHaveSingleItem()!["code"]!.GetValue<string>().ShouldBe("card_declined");
        (await merchant.Admin.GetCsv("/reports/failed-payments")).ShouldBe("code,count,amount_amount,amount_currency\r\ncard_declined,2,20000,INR\r\n");
    }

    /// <summary>F7.</summary>
    [Fact]
    public async Task A_merchant_sees_its_own_figures_and_the_platform_all()
    {
        var platform = (await shared.App.NewUser(null, UserRole.PlatformAdmin)).AsClient();
        var before = (await platform.Get("/reports/platform-stats")).Is(200).Json;
        var (a, b) = (await Merchant.Open(shared.App), await Merchant.Open(shared.App));
        var refunded = (await a.Pay(await a.Order())).Is(201);
        _ = (await a.Admin.Post("/refunds", new { payment_id = refunded.Id })).Is(201);
        var second = await a.Order();
        _ = (await a.Pay(second, Merchant.Declined)).Refuses(402, "card_declined");
        _ = (await a.Pay(second)).Is(201);
        _ = (await a.Pay(await a.Order(), Merchant.Declined)).Refuses(402, "card_declined");
        _ = (await b.Pay(await b.Order())).Is(201);
        _ = await a.List("/payments");
        _ = await b.List("/payments");

        var own = (await a.Admin.Get("/reports/merchant-stats")).Is(200).Json;
        Numbers(own, "total_orders", "successful_payments", "successful_refunds", "canceled_payments").ShouldBe([3, 2, 1, 2]);
        var after = (await platform.Get("/reports/platform-stats")).Is(200).Json;
        string[] names = ["total_merchants", "total_orders", "total_successful_payments", "total_successful_refunds", "total_canceled_payments"];
        Numbers(after, names).Zip(Numbers(before, names), (now, then) => now - then).ShouldBe([2, 4, 3, 1, 2]);
        var one = (await platform.Get($"/reports/platform-stats?tenant_id={b.Tenant.Id}")).Is(200).Json;
        Numbers(one, names).ShouldBe([1, 1, 1, 0, 0]);
        (await a.Admin.Get("/reports/platform-stats")).Refuses(403, "forbidden");
        (await platform.Get($"/reports/platform-stats?tenant_id={Guid.NewGuid()}")).Refuses(404, "tenant_not_found");
    }

    /// <summary>C14, with smaller figures; the rates themselves are tested with those of the source.</summary>
    [Fact]
    public async Task The_portals_figures_are_shares_of_all()
    {
        var tenant = await shared.App.NewTenant(currency: "USD");
        (await tenant.Admin.Get("/reports/portal-stats")).Is(200).Json["adoption_rate"]!.GetValue<decimal>().ShouldBe(0.0m);
        var customers = new[] { await shared.App.NewCustomer(tenant), await shared.App.NewCustomer(tenant) };
        for (var i = 0; i < 3; i++) _ = (await tenant.Admin.Post("/customers", new { full_name = "Other" })).Is(201);
        foreach (var customer in customers.Append(customers[0])) _ = (await customer.AsClient().Post("/portal-sessions", new { })).Is(204);

        var stats = (await tenant.Admin.Get("/reports/portal-stats")).Is(200).Json;
        Numbers(stats, "total_customers", "active_customers").ShouldBe([5, 2]);
        (stats["adoption_rate"]!.GetValue<decimal>(), stats["period"]!.GetValue<string>()).ShouldBe((40.0m, "30 days"));
        (await customers[0].AsClient().Get("/reports/portal-stats")).Refuses(403, "forbidden");
    }

    [Fact]
    public async Task What_was_open_then_can_be_asked_for_now()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        var made = (await shop.Admin.Post("/invoices", new
        {
            customer_id = customer, items = new[] { new { description = "Carpet", price = new { amount = 12_400, currency = "ISK" }, tax_rate = "0.24" } },
        })).Is(201);
        var invoice = made.Id;
        _ = await shop.Advance("2025-12-20T12:00:00Z");
        _ = (await shop.Admin.Post($"/invoices/{invoice}/void", new { reason = "Never delivered" })).Is(200);

        var aged = (await shop.Admin.Get("/reports/receivables-aging?as_of=2025-12-19T00:00:00Z")).Is(200).Json["data"]!.AsArray();
        aged.Select(line => (line!["days_late"]!.GetValue<string>(), Amount(line["amount"]))).ShouldContain(("total", 12_400));
        (await shop.Admin.Get("/reports/receivables-aging")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        var tax = (await shop.Admin.Get("/reports/tax?from=2025-11-01&to=2025-12-31")).Is(200).Json["data"]!.AsArray();
        tax.Select(line => (line!["month"]!.GetValue<string>(), Amount(line["tax"]))).ShouldBe([("2025-11", 2_400), ("2025-12", -2_400)]);

        (await shop.Admin.Get("/invoices?as_of=2025-12-19T00:00:00Z")).Is(200).Json["data"]![0]!["status"]!.GetValue<string>().ShouldNotBe("cancelled");
        (await shop.Admin.Get("/invoices?status=cancelled&as_of=2025-12-19T00:00:00Z")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        (await shop.Admin.Get($"/invoices/{invoice}?known_at={made.Headers["Ledger-Position"]}")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("pending");
    }

    [Fact]
    public async Task What_was_forgotten_can_be_dated_back()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        _ = await shop.Advance("2025-12-20T12:00:00Z");
        var printed = (await shop.Admin.Post("/customers", new { full_name = "Another" })).Is(201).Headers["Ledger-Position"];
        var forgotten = new { operation = "credit", amount = new { amount = 700, currency = "ISK" }, reason = "Forgotten", effective_on = "2025-11-10" };
        _ = (await shop.Admin.Post($"/customers/{customer}/balance-adjustments", forgotten)).Is(201);
        (await shop.Admin.Post($"/customers/{customer}/balance-adjustments", forgotten with { effective_on = "2025-12-21" })).Refuses(400, "validation_failed");
        (await shop.Admin.Post($"/customers/{customer}/balance-adjustments", forgotten with { effective_on = "2024-12-19" })).Refuses(400, "validation_failed");

        (await Owed("?as_of=2025-11-09T23:59:59Z")).ShouldBe(0);
        (await Owed("?as_of=2025-11-10T00:00:00Z")).ShouldBe(700);
        (await Owed($"?as_of=2025-11-30T00:00:00Z&known_at={printed}")).ShouldBe(0, "What was printed then can be had again.");
        (await Owed("")).ShouldBe(700);
        (await Balance("?as_of=2025-11-10T00:00:00Z")).ShouldBe(700);
        (await Balance($"?known_at={printed}")).ShouldBe(0);

        async Task<long> Balance(string asked) =>
            (await shop.Admin.Get($"/customers/{customer}/balance{asked}")).Is(200).Json["amounts"]!.AsArray().Sum(Amount);
        async Task<long> Owed(string asked) => (await shop.Admin.Get($"/reports/liabilities{asked}")).Is(200).Json["data"]!.AsArray()
            .Where(line => line!["account"]!.GetValue<string>() == "liabilities:customer-balances").Sum(line => Amount(line!["amount"]));
    }

    [Theory]
    [InlineData("/reports/churn?from=2025-12-01&to=2025-11-01", "from")]
    [InlineData("/reports/churn?from=1066-10-14", "from")]
    [InlineData("/reports/churn?to=2999-01-01", "to")]
    [InlineData("/reports/churn?from=yesterday", "from")]
    [InlineData("/reports/mrr?as_of=2999-01-01T00:00:00Z", "as_of")]
    [InlineData("/reports/mrr?as_of=999999999999", "as_of")]
    [InlineData("/reports/mrr?known_at=2999-01-01T00:00:00Z", "known_at")]
    [InlineData("/reports/mrr?known_at=then", "known_at")]
    [InlineData("/reports/mrr?as_of=-0044-03-15T12:00:00Z", "as_of")]
    [InlineData("/invoices?from_date=-0044-03-15", "from_date")]
    [InlineData("/invoices?as_of=2025-11-01T00:00:00Z&include=total", "include")]
    public async Task What_makes_no_sense_is_said(string path, string parameter)
    {
        var tenant = await shared.App.NewTenant();
        (await tenant.Admin.Get(path)).Is(400).Json["errors"]![0]!["pointer"]!.GetValue<string>().ShouldBe(parameter);
    }

    [Fact]
    public async Task An_unknown_report_is_not_found()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Get("/reports/profit")).Is(404);
    }

    private static long Amount(JsonNode? money) => money!["amount"]!.GetValue<long>();

    private static long[] Numbers(JsonNode answer, params string[] names) => [.. names.Select(name => answer[name]!.GetValue<long>())];
}

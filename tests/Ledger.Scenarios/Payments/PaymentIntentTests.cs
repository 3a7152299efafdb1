using Ledger.Gateways.Payments;

namespace Ledger.Scenarios.Payments;

[Collection("app")]
public class PaymentIntentTests(SharedApp shared)
{
    /// <summary>C1, C3.</summary>
    [Fact]
    public async Task An_invoice_is_paid_from_a_browser_and_confirmed()
    {
        var merchant = await Merchant.Open(shared.App);
        var customer = await merchant.Customer();
        await GivePoints(merchant);
        var invoice = await merchant.Invoice(customer);
        var intent = await Intent(merchant, invoice);
        intent.Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(18500);
        (await merchant.Browser(Secret(intent))).EnsureSuccessStatusCode().Dispose();
        (await merchant.Status($"/invoices/{invoice}")).ShouldBe("paid");   // The webhook alone has done it.

        var confirmed = (await merchant.Admin.Post($"/payment-intents/{intent.Id}/confirm", new { invoice_id = invoice })).Is(200).Json;
        confirmed["message"]!.GetValue<string>().ShouldBe("Payment confirmed and invoice updated");
        confirmed["status"]!.GetValue<string>().ShouldBe("succeeded");
        (await merchant.Admin.Get($"/invoices/{invoice}")).Json["paid_on"].ShouldNotBeNull();
        (await merchant.List("/payments")).Count.ShouldBe(1);
        await HasPoints(merchant, customer, 1850);
        await IsAudited(merchant, "payment_intent", intent.Id, "payment_intent_succeeded");

        var again = (await merchant.Admin.Post("/payment-intents", new { invoice_id = invoice })).Refuses(409, "invoice_already_paid");
        again.Json["title"]!.GetValue<string>().ShouldBe("Invoice already paid");
        _ = (await merchant.Admin.Post("/refunds", new { payment_id = confirmed["payment_id"]!.ToString() })).Is(201);
        (await merchant.Status($"/payments/{confirmed["payment_id"]}")).ShouldBe("refunded");
    }

    [Fact]
    public async Task Stripes_own_webhook_pays_an_invoice_once_however_often_it_comes()
    {
        var merchant = await Merchant.Open(shared.App);
        var invoice = await merchant.Invoice(await merchant.Customer());
        var intent = await Intent(merchant, invoice);
        var subject = new { id = intent.Json["provider_reference"]!.ToString(), amount_received = 18500, currency = "inr", latest_charge = "ch_1" };
        var told = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => merchant.Webhook("payment_intent.succeeded", subject, $"evt_{i % 2}"))
            .Concat(Enumerable.Range(0, 4).Select(_ => merchant.Admin.Post($"/payment-intents/{intent.Id}/confirm", new { }))));
        told.Take(8).ShouldAllBe(one => one.Status == 200 || one.Code == "try_again");
        (await merchant.Webhook("payment_intent.succeeded", subject, "evt_0")).Is(200).Json["received"]!.GetValue<bool>().ShouldBeTrue();
        (await Events.Of(shared.App, merchant.Tenant, Guid.Parse(invoice))).ShouldBe(["invoice_drafted", "invoice_issued", "invoice_paid"]);
        (await merchant.List("/payments")).Count.ShouldBe(1);
    }

    /// <summary>C4.</summary>
    [Fact]
    public async Task A_declined_card_leaves_the_invoice_to_be_paid_by_another()
    {
        var merchant = await Merchant.Open(shared.App);
        var customer = await merchant.Customer();
        await GivePoints(merchant);
        var invoice = await merchant.Invoice(customer);
        var intent = await Intent(merchant, invoice);
        (await merchant.Browser(Secret(intent), Merchant.Declined)).EnsureSuccessStatusCode().Dispose();
        (await merchant.Status($"/invoices/{invoice}")).ShouldBe("pending");
        (await merchant.Status($"/payment-intents/{intent.Id}")).ShouldBe("failed");
        (await merchant.Webhook("payment_intent.payment_failed", new { id = intent.Json["provider_reference"]!.ToString(), amount = 18500, currency = "inr" })).Is(200)
            .Json["received"]!.GetValue<bool>().ShouldBeTrue();
        await IsAudited(merchant, "payment_intent", intent.Id, "payment_intent_failed");
        await HasPoints(merchant, customer, 0);
        var refused = (await merchant.Admin.Post($"/payment-intents/{intent.Id}/confirm", new { invoice_id = invoice })).Refuses(402, "payment_not_successful");
        refused.Json["title"]!.GetValue<string>().ShouldBe("Payment not successful");

        var next = await Intent(merchant, invoice);
        (await merchant.Browser(Secret(next))).EnsureSuccessStatusCode().Dispose();
        (await merchant.Status($"/invoices/{invoice}")).ShouldBe("paid");
        await HasPoints(merchant, customer, 1850);
    }

    /// <summary>C6.</summary>
    [Fact]
    public async Task What_is_not_signed_by_the_secret_is_refused()
    {
        var merchant = await Merchant.Open(shared.App);
        var customer = await merchant.Customer();
        await GivePoints(merchant);
        var invoice = await merchant.Invoice(customer);
        var intent = await Intent(merchant, invoice);
        var subject = new { id = intent.Json["provider_reference"]!.ToString(), amount = 18500, currency = "inr" };
        var forged = (await merchant.Webhook("payment_intent.succeeded", subject, secret: "whsec_other")).Refuses(400, "invalid_signature");
        forged.Json["title"]!.GetValue<string>().ShouldBe("Invalid signature");
        (await merchant.Webhook("payment_intent.succeeded", subject, late: WebhookSignature.ToleranceSeconds + 60)).Refuses(400, "invalid_signature");
        (await merchant.Status($"/invoices/{invoice}")).ShouldBe("pending");

        (await merchant.Webhook("customer.updated", new { id = "cus_1" })).Is(200);
        (await merchant.Webhook("payment_intent.succeeded", new { id = "pi_of_nobody" })).Is(200);
        (await merchant.List("/payments")).ShouldBeEmpty();
        await HasPoints(merchant, customer, 0);
    }

    /// <summary>C7.</summary>
    [Fact]
    public async Task Somebody_elses_invoice_is_not_there()
    {
        var merchant = await Merchant.Open(shared.App);
        var invoice = await merchant.Invoice(await merchant.Customer());
        using var other = await shared.App.NewCustomer(merchant.Tenant);
        var refused = (await other.AsClient().Post("/payment-intents", new { invoice_id = invoice })).Refuses(404, "invoice_not_found");
        refused.Json["title"]!.GetValue<string>().ShouldBe("Invoice not found");
        var intent = await Intent(merchant, invoice);
        (await other.AsClient().Get($"/payment-intents/{intent.Id}")).Refuses(404, "payment_intent_not_found");
        (await other.AsClient().Post($"/payment-intents/{intent.Id}/confirm", new { })).Refuses(404, "payment_intent_not_found");
    }

    [Fact]
    public async Task The_amount_is_worked_out_here_and_the_intent_stays_the_same()
    {
        var merchant = await Merchant.Open(shared.App);
        var customer = await merchant.Customer();
        var (invoice, another) = (await merchant.Invoice(customer), await merchant.Invoice(customer));
        (await merchant.Admin.Post("/payment-intents", new { invoice_id = invoice, amount = 18499 })).Refuses(422, "amount_mismatch");
        var first = await Intent(merchant, invoice);
        var second = await Intent(merchant, invoice);
        (second.Id, Secret(second)).ShouldBe((first.Id, Secret(first)));
        (await merchant.Admin.Post($"/payment-intents/{first.Id}/confirm", new { invoice_id = another })).Refuses(422, "payment_intent_mismatch");
        (await merchant.Admin.Post("/payment-intents", new { invoice_id = invoice, order_id = invoice })).Is(400);
    }

    /// <summary>C11.</summary>
    [Fact]
    public async Task A_customer_may_ask_ten_times_a_minute()
    {
        var merchant = await Merchant.Open(shared.App);
        using var another = await shared.App.NewCustomer(merchant.Tenant);
        using var browser = await shared.App.NewCustomer(merchant.Tenant);
        var answers = new List<int>();
        for (var i = 0; i < 11; i++) answers.Add((await browser.AsClient().Post("/payment-intents", new { invoice_id = Guid.NewGuid() })).Status);
        answers.Take(10).ShouldAllBe(status => status == 404);
        answers[10].ShouldBe(429);
        for (var i = 0; i < 10; i++) (await browser.AsClient().Post($"/payment-intents/{Guid.NewGuid()}/confirm", new { })).Status.ShouldBe(404);
        var refused = (await browser.AsClient().Post($"/payment-intents/{Guid.NewGuid()}/confirm", new { })).Refuses(429, "too_many_requests");
        refused.Headers.ContainsKey("Retry-After").ShouldBeTrue();
        refused.Text.ShouldContain("Too many requests. Please try again later.");
        for (var i = 0; i < 10; i++) (await browser.AsClient().Post("/setup-sessions", new { return_url = "https://shop.example/" })).Status.ShouldBe(201);
        (await browser.AsClient().Post("/setup-sessions", new { return_url = "https://shop.example/" })).Refuses(429, "too_many_requests");
        for (var i = 0; i < 30; i++) (await browser.AsClient().Post("/portal-sessions", new { })).Status.ShouldBe(204);
        (await browser.AsClient().Post("/portal-sessions", new { })).Refuses(429, "too_many_requests");
        (await another.AsClient().Post("/payment-intents", new { invoice_id = Guid.NewGuid() })).Status.ShouldBe(404);
    }

    /// <summary>One invoice, paid by card, by intent and by the balance at once: it is paid once, and no money is lost.</summary>
    [Fact]
    public async Task Of_thirty_two_who_pay_one_invoice_at_once_the_rest_is_on_the_balance()
    {
        var merchant = await Merchant.Open(shared.App);
        var customer = await merchant.Customer();
        _ = (await merchant.Admin.Post($"/customers/{customer}/payment-methods", new { provider = "sandbox", token = Shop.Good })).Is(201);
        var invoice = await merchant.Invoice(customer);
        var intent = await Intent(merchant, invoice);
        var subject = new { id = intent.Json["provider_reference"]!.ToString(), amount_received = 18500, currency = "inr" };
        _ = await Task.WhenAll(Enumerable.Range(0, 32).Select(async i =>
        {
            var answer = (i % 3) switch
            {
                0 => await merchant.Admin.Post($"/invoices/{invoice}/pay", new { }),
                1 => await merchant.Webhook("payment_intent.succeeded", subject),
                _ => await merchant.Admin.Post($"/customers/{customer}/balance-adjustments", new { operation = "credit", amount = new { amount = 1, currency = "INR" }, reason = "x" }),
            };
            answer.Status.ShouldBeLessThan(500, answer.Text);
            return answer;
        }));
        _ = (await merchant.Webhook("payment_intent.succeeded", subject)).Is(200);

        (await merchant.Status($"/invoices/{invoice}")).ShouldBe("paid");
        (await Events.Of(shared.App, merchant.Tenant, Guid.Parse(invoice))).Count(one => one == "invoice_paid").ShouldBe(1);
        var captured = (await merchant.List("/payments")).Sum(one => one["captured"]!["amount"]!.GetValue<long>());
        var given = (await Events.Of(shared.App, merchant.Tenant, BalanceOf(customer))).Count(one => one == "customer_balance_adjusted");
        (await merchant.Balance(customer)).ShouldBe(captured - 18500 + given);
    }

    private static async Task GivePoints(Merchant merchant) =>
        _ = (await merchant.Admin.Patch("/tenants/current/settings", new { loyalty_points_per_unit = 10 })).Is(200);

    private static async Task HasPoints(Merchant merchant, string customer, long points)
    {
        async Task<long> Now() => (await merchant.Admin.Get($"/customers/{customer}/loyalty-account")).Is(200).Json["points"]!.GetValue<long>();
        for (var i = 0; i < 200 && await Now() != points; i++) await Task.Delay(25);
        (await Now()).ShouldBe(points);
    }

    private static async Task IsAudited(Merchant merchant, string type, string id, string @event) =>
        (await merchant.Admin.Get($"/audit-logs?resource_type={type}&resource_id={id}&limit=100")).Is(200).Json["data"]!.AsArray()
            .Count(one => one!["event"]?.GetValue<string>() == @event).ShouldBe(1);

    private static Guid BalanceOf(string customer) => Domain.Balances.BalanceId.Of(new(Guid.Parse(customer))).Value;

    private static async Task<LedgerAnswer> Intent(Merchant merchant, string invoice) =>
        (await merchant.Admin.Post("/payment-intents", new { invoice_id = invoice })).Is(201);

    private static string Secret(LedgerAnswer intent) => intent.Json["client_secret"]!.GetValue<string>();
}

using Npgsql;

namespace Ledger.Scenarios.Payments;

[Collection("app")]
public class CardPaymentTests(SharedApp shared)
{
    /// <summary>F1.</summary>
    [Fact]
    public async Task An_order_is_paid_by_a_card_and_refunded()
    {
        var merchant = await Merchant.Open(shared.App);
        var made = (await merchant.Admin.Post("/orders", new { amount = 10000, currency = "INR" })).Is(201);
        made.Json["status"]!.GetValue<string>().ShouldBe("created");
        var paid = (await merchant.Pay(made.Id)).Is(201);
        paid.Json["status"]!.GetValue<string>().ShouldBe("captured");
        paid.Json["card_last4"]!.GetValue<string>().ShouldBe("4242");
        paid.Text.ShouldNotContain(Merchant.Good);
        paid.Text.ShouldNotContain("cvv");
        (await merchant.Status($"/orders/{made.Id}")).ShouldBe("paid");

        (await merchant.Admin.Post("/refunds", new { payment_id = paid.Id })).Is(201).Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(10000);
        (await merchant.Status($"/payments/{paid.Id}")).ShouldBe("refunded");
        (await merchant.Status($"/orders/{made.Id}")).ShouldBe("refunded");
        (await merchant.Pay(made.Id)).Refuses(409, "order_already_paid");
    }

    /// <summary>F2.</summary>
    [Fact]
    public async Task An_order_whose_card_was_declined_is_paid_by_another()
    {
        var merchant = await Merchant.Open(shared.App);
        var order = await merchant.Order();
        var declined = (await merchant.Pay(order, Merchant.Declined)).Refuses(402, "card_declined");
        (await merchant.Status($"/payments/{declined.Json["payment_id"]}")).ShouldBe("failed");
        (await merchant.Status($"/orders/{order}")).ShouldBe("failed");
        var paid = (await merchant.Pay(order)).Is(201);
        (await merchant.Status($"/orders/{order}")).ShouldBe("paid");
        var payments = await merchant.List("/payments");
        payments.Count.ShouldBe(2);
        payments.ShouldAllBe(one => one!["order_id"]!.ToString() == order);
        (await Events.Of(shared.App, merchant.Tenant, Guid.Parse(order))).ShouldBe(
            ["order_created", "order_payment_begun", "order_failed", "order_payment_begun", "order_paid"]);
        paid.Id.ShouldNotBe(declined.Json["payment_id"]!.ToString());
    }

    /// <summary>F4.</summary>
    [Fact]
    public async Task Bad_input_is_refused_and_makes_nothing()
    {
        var merchant = await Merchant.Open(shared.App);
        (await merchant.Admin.Post("/orders", new { amount = 0 })).Is(422);
        (await merchant.Admin.Post("/orders", new { amount = -5 })).Is(422);
        (await merchant.Admin.Post("/orders", new { amount = "abc" })).Is(400);
        var order = await merchant.Order();
        (await merchant.Pay(order, "42424242424")).Refuses(422, "invalid_card_number");
        (await merchant.Pay(order, expiry: "12/20")).Refuses(402, "expired_card");
        (await merchant.Pay(order, expiry: "13/30")).Refuses(422, "invalid_expiry");
        (await merchant.Pay(Guid.NewGuid().ToString())).Refuses(404, "order_not_found");
        (await merchant.Status($"/orders/{order}")).ShouldBe("created");
        (await merchant.List("/payments")).ShouldBeEmpty();
    }

    /// <summary>F6.</summary>
    [Fact]
    public async Task Another_merchants_order_and_payment_are_not_there()
    {
        var mine = await Merchant.Open(shared.App);
        var theirs = await Merchant.Open(shared.App);
        var order = await mine.Order();
        var payment = (await mine.Pay(order)).Is(201).Id;
        (await theirs.Admin.Post("/refunds", new { payment_id = payment })).Refuses(404, "payment_not_found");
        (await theirs.Admin.Post("/refunds", new { order_id = order })).Refuses(404, "order_not_found");
        (await theirs.Pay(order)).Refuses(404, "order_not_found");
        (await theirs.Admin.Get($"/orders/{order}")).Refuses(404, "order_not_found");
        (await mine.Status($"/payments/{payment}")).ShouldBe("captured");
    }

    [Fact]
    public async Task Of_thirty_two_payments_at_once_one_is_made()
    {
        var merchant = await Merchant.Open(shared.App);
        var order = await merchant.Order();
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => merchant.Pay(order)));
        answers.Count(one => one.Status == 201).ShouldBe(1);
        answers.Where(one => one.Status != 201).ShouldAllBe(one => one.Code == "payment_pending" || one.Code == "order_already_paid" || one.Code == "try_again");
        (await merchant.List("/payments")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_key_pays_once_and_its_answer_is_given_again()
    {
        var merchant = await Merchant.Open(shared.App);
        var order = await merchant.Order();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => merchant.Pay(order, key: "pay")));
        answers.ShouldAllBe(one => one.Status == 201);
        answers.Select(one => one.Id).Distinct().Count().ShouldBe(1);
        (await merchant.Pay(order, key: "pay")).Is(201).Id.ShouldBe(answers[0].Id);
        (await merchant.Pay(order, Merchant.Declined, key: "pay")).Refuses(422, "idempotency_key_reused");
        (await merchant.List("/payments")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Held_money_is_taken_in_part_and_refunded_no_further()
    {
        var merchant = await Merchant.Open(shared.App);
        var order = await merchant.Order();
        var held = (await merchant.Pay(order, capture: "manual")).Is(201);
        held.Json["status"]!.GetValue<string>().ShouldBe("authorized");
        (await merchant.Status($"/orders/{order}")).ShouldBe("created");
        (await merchant.Pay(order)).Refuses(409, "payment_pending");
        (await Capture(merchant, held.Id, 10001)).Refuses(422, "capture_exceeds_authorization");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Capture(merchant, held.Id, 6000)));
        answers.ShouldAllBe(one => one.Status == 200);
        (await merchant.Admin.Get($"/payments/{held.Id}")).Json["captured"]!["amount"]!.GetValue<long>().ShouldBe(6000);
        (await merchant.Status($"/orders/{order}")).ShouldBe("partially_paid");
        (await Capture(merchant, held.Id, 5000)).Refuses(409, "payment_not_authorized");
        (await merchant.Admin.Post($"/payments/{held.Id}/cancel", new { })).Refuses(409, "payment_not_authorized");
        (await merchant.Admin.Post("/refunds", new { order_id = order })).Is(201).Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(6000);
        (await merchant.Status($"/orders/{order}")).ShouldBe("refunded");
    }

    [Fact]
    public async Task Held_money_that_is_let_go_leaves_an_order_to_be_paid()
    {
        var merchant = await Merchant.Open(shared.App);
        var order = await merchant.Order();
        var held = (await merchant.Pay(order, capture: "manual")).Is(201).Id;
        (await merchant.Admin.Post($"/payments/{held}/cancel", new { reason = "Sold out" })).Is(200).Json["status"]!.GetValue<string>().ShouldBe("cancelled");
        (await Capture(merchant, held, 10000)).Refuses(409, "payment_not_authorized");
        (await merchant.Status($"/orders/{order}")).ShouldBe("failed");
        _ = (await merchant.Pay(order)).Is(201);
    }

    [Theory]
    [InlineData("timeout_before_charge", "failed", "failed")]
    [InlineData("timeout_after_charge", "captured", "paid")]
    public async Task A_charge_without_an_answer_ends_as_the_provider_knows_it(string fault, string payment, string order)
    {
        var merchant = await Merchant.Open(shared.App);
        var made = await merchant.Order();
        _ = (await merchant.Admin.Put("/testing/sandbox-faults", new { mode = fault, times = 1 })).Is(204);
        var answer = await merchant.Pay(made);
        var id = payment == "failed" ? answer.Is(402).Json["payment_id"]!.ToString() : answer.Is(201).Id;
        (await merchant.Status($"/payments/{id}")).ShouldBe(payment);
        (await merchant.Status($"/orders/{made}")).ShouldBe(order);
    }

    [Fact]
    public async Task A_batch_of_refunds_says_of_each_what_became_of_it()
    {
        var merchant = await Merchant.Open(shared.App);
        var (first, second, unpaid) = (await merchant.Order(), await merchant.Order(500), await merchant.Order());
        _ = (await merchant.Pay(first)).Is(201);
        var payment = (await merchant.Pay(second)).Is(201).Id;
        var batch = new { refunds = new object[] { new { order_id = first }, new { payment_id = payment }, new { order_id = unpaid } }, reason = "The oven broke" };
        var results = (await merchant.Admin.Post("/refund-batches", batch, "batch")).Is(200).Json["results"]!.AsArray();
        results.Take(2).ShouldAllBe(one => one!["refund"]!["id"] != null);
        results[2]!["error"]!["code"]!.GetValue<string>().ShouldBe("payment_not_refundable");
        (await merchant.Admin.Post("/refund-batches", batch, "batch")).Is(200).Json["results"]!.ToJsonString().ShouldBe(results.ToJsonString());
        await Until(async () => await merchant.Status($"/orders/{first}") == "refunded" && await merchant.Status($"/orders/{second}") == "refunded");
        (await merchant.List("/refunds")).Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_number_of_a_card_is_nowhere()
    {
        var merchant = await Merchant.Open(shared.App);
        _ = (await merchant.Pay(await merchant.Order(), key: "nowhere")).Is(201);
        await using var source = NpgsqlDataSource.Create(shared.App.ConnectionString);
        await using var command = source.CreateCommand("""
            select count(*) from mt_events where data::text like '%424242424242%'
            union all select count(*) from ledger.idempotency t where t::text like '%424242424242%'
            union all select count(*) from ledger.idempotency where octet_length(request_hash) not in (0, 16)   -- 0: erased with its customer
            """);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) rows.GetInt64(0).ShouldBe(0);
    }

    private static Task<LedgerAnswer> Capture(Merchant merchant, string payment, long amount) =>
        merchant.Admin.Post($"/payments/{payment}/capture", new { amount = new { amount, currency = "INR" } });

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await isSo()) return;
            await Task.Delay(25);
        }

        throw new TimeoutException("It has not come to be so.");
    }
}

using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Refunds;

[Collection("app")]
public class RefundTests(SharedApp shared)
{
    [Fact]
    public async Task Part_of_a_payment_goes_back_with_a_credit_note()
    {
        var (shop, payment) = await Paid();
        var refund = (await Refund(shop, payment, 5000)).Is(201).Json;
        refund["status"]!.GetValue<string>().ShouldBe("succeeded");
        refund["provider_reference"]!.GetValue<string>().ShouldStartWith("sbx_re_");

        var left = (await shop.Admin.Get($"/payments/{payment}")).Is(200).Json;
        left["status"]!.GetValue<string>().ShouldBe("partially_refunded");
        left["refunded"]!["amount"]!.GetValue<long>().ShouldBe(5000);
        var note = (await shop.Admin.Get($"/credit-notes/{refund["credit_note_id"]}")).Is(200).Json;
        note["credit_note_number"]!.GetValue<string>().ShouldBe("CN-000001");
        note["destination"]!.GetValue<string>().ShouldBe("refund");
        note["tax"]!["amount"]!.GetValue<long>().ShouldBe(968);
        (await shop.Admin.Get($"/invoices/{left["invoice_id"]}")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("paid");
    }

    /// <summary>R-09: two of 60 on 100.</summary>
    [Fact]
    public async Task Of_two_refunds_at_once_that_are_too_much_together_one_is_made()
    {
        var (shop, payment) = await Paid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Refund(shop, payment, 9000)));
        answers.Select(one => one.Status).Order().ShouldBe([201, 422]);
        answers.Single(one => one.Status != 201).Code.ShouldBe("refund_exceeds_remaining");
        (await shop.Admin.Get($"/payments/{payment}")).Json["refunded"]!["amount"]!.GetValue<long>().ShouldBe(9000);
    }

    [Fact]
    public async Task The_rest_can_be_refunded_and_then_nothing()
    {
        var (shop, payment) = await Paid();
        _ = (await Refund(shop, payment, 5000)).Is(201);
        (await Refund(shop, payment, null)).Is(201).Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(10000);
        (await Refund(shop, payment, null)).Is(409).Code.ShouldBe("payment_already_refunded");
        (await shop.Admin.Get($"/payments/{payment}")).Json["status"]!.GetValue<string>().ShouldBe("refunded");
    }

    [Fact]
    public async Task Who_may_not_approve_waits_for_somebody_who_may()
    {
        var (shop, payment) = await Paid();
        var staff = shop.Tenant.Staff;
        var refund = (await staff.Post("/refunds", new { payment_id = payment })).Is(201).Json;
        refund["status"]!.GetValue<string>().ShouldBe("requested");
        (await staff.Post($"/refunds/{refund["id"]}/approve")).Is(403);

        // Waited for as one that is made at once.
        (await shop.Admin.Post($"/refunds/{refund["id"]}/approve")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("succeeded");
        (await Refund(shop, payment, 1)).Is(409).Code.ShouldBe("payment_already_refunded");
        (await shop.Admin.Post($"/refunds/{refund["id"]}/reject")).Is(409).Code.ShouldBe("refund_already_decided");
    }

    [Fact]
    public async Task A_request_takes_nothing_and_of_two_that_are_approved_at_once_one_is_made()
    {
        var (shop, payment) = await Paid();
        var asked = new List<string>();
        for (var i = 0; i < 2; i++)
            asked.Add((await shop.Tenant.Staff.Post("/refunds", new { payment_id = payment, amount = new { amount = 9000, currency = "ISK" } })).Is(201).Id);
        var answers = await Task.WhenAll(asked.Select(id => shop.Admin.Post($"/refunds/{id}/approve")));
        answers.Select(one => one.Status).Order().ShouldBe([200, 409]);
        answers.Single(one => one.Status == 409).Code.ShouldBe("refund_no_longer_covered");
        (await shop.Admin.Get($"/payments/{payment}")).Json["refunded"]!["amount"]!.GetValue<long>().ShouldBe(9000);
    }

    [Fact]
    public async Task Sixteen_at_once_all_end()
    {
        var (shop, payment) = await Paid();
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Refund(shop, payment, 100)));
        answers.ShouldAllBe(one => one.Status == 201 || one.Status == 202);
        foreach (var one in answers) (await Ended(shop, one.Id))["status"]!.GetValue<string>().ShouldBe("succeeded");
        (await shop.Admin.Get($"/payments/{payment}")).Json["refunded"]!["amount"]!.GetValue<long>().ShouldBe(1600);
    }

    [Fact]
    public async Task A_refund_that_is_turned_down_may_be_asked_for_again()
    {
        var (shop, payment) = await Paid();
        var staff = shop.Tenant.Staff;
        var refund = (await staff.Post("/refunds", new { payment_id = payment })).Is(201).Id;
        (await shop.Admin.Post($"/refunds/{refund}/reject", new { reason = "No receipt" })).Is(200).Json["status"]!.GetValue<string>().ShouldBe("rejected");
        (await Refund(shop, payment, null)).Is(201);
    }

    [Fact]
    public async Task Another_tenants_payment_is_not_there()
    {
        var (shop, payment) = await Paid();
        var other = await Shop.Open(shared.App);
        (await Refund(other, payment, 100)).Is(404).Code.ShouldBe("payment_not_found");
        (await shop.Admin.Get($"/payments/{payment}")).Json["status"]!.GetValue<string>().ShouldBe("captured");
    }

    [Fact]
    public async Task What_a_credit_note_gave_to_the_balance_is_not_refunded_too()
    {
        var (shop, payment) = await Paid();
        var invoice = (await shop.Admin.Get($"/payments/{payment}")).Json["invoice_id"]!.ToString();
        _ = (await shop.Admin.Post("/credit-notes", new { invoice_id = invoice, amount = new { amount = 6000, currency = "ISK" } })).Is(201);
        (await Refund(shop, payment, 15000)).Refuses(422, "refund_exceeds_remaining");
        (await Refund(shop, payment, null)).Is(201).Json["amount"]!["amount"]!.GetValue<long>().ShouldBe(9000);
    }

    private async Task<(Shop, string)> Paid()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer());
        return (shop, (await shop.Settled(subscription))["id"]!.ToString());
    }

    private static Task<LedgerAnswer> Refund(Shop shop, string payment, long? amount) => shop.Admin.Post("/refunds", amount is null
        ? new { payment_id = payment }
        : new { payment_id = payment, amount = new { amount, currency = "ISK" } });

    private static async Task<JsonNode> Ended(Shop shop, string refund)
    {
        for (var i = 0; i < 400; i++)
        {
            var now = (await shop.Admin.Get($"/refunds/{refund}")).Is(200).Json;
            if (now["status"]!.GetValue<string>() is not "processing") return now;
            await Task.Delay(25);
        }

        throw new TimeoutException("The refund has not ended.");
    }
}

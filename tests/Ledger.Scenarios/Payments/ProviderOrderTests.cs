using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Payments;

/// <summary>What a provider tells over HTTP, signed, comes to the same in any order; every order of its events is in the tests of the rules.</summary>
[Collection("app")]
public class ProviderOrderTests(SharedApp shared)
{
    [Theory]
    [InlineData("sdcr")]
    [InlineData("crds")]
    [InlineData("rcsdcr")]
    [InlineData("dscrd")]
    public async Task It_comes_to_the_same(string order)
    {
        var (merchant, invoice, reference, _) = await Open();
        foreach (var what in order) _ = (await Tell(merchant, reference, what)).Is(200);
        (await merchant.Status($"/invoices/{invoice}")).ShouldBe("paid");
        var payment = (await merchant.List($"/payments?status=partially_refunded")).Single();
        Amounts(payment).ShouldBe((5300, 2000, 0));
        (await merchant.List("/provider-events?status=waiting")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_of_nothing_known_is_kept_until_it_is_and_staff_see_it()
    {
        var merchant = await Merchant.Open(shared.App);
        _ = (await Tell(merchant, "pi_unknown", 'd')).Is(200);
        var waits = (await merchant.List("/provider-events?status=waiting")).Single();
        (waits["subject"]!.ToString(), waits["reason"]!.ToString(), waits["kind"]!.ToString()).ShouldBe(("pi_unknown", "subject_unknown", "disputed"));
        _ = (await merchant.Tenant.Staff.Post($"/provider-events/{waits["id"]}/resolve", new { note = "not ours" })).Is(204);
        (await merchant.List("/provider-events?status=resolved")).Single()["note"]!.ToString().ShouldBe("not ours");
        (await merchant.Admin.Post($"/provider-events/{Guid.NewGuid()}/resolve", new { })).Refuses(404, "provider_event_not_found");
    }

    [Theory]
    [InlineData("""{ "amount_received": 5299, "currency": "inr" }""", "amount_differs")]
    [InlineData("""{ "amount_received": 5300, "currency": "usd" }""", "currency_differs")]
    [InlineData("""{ "amount_received": "5300", "amount": 5300, "currency": "inr" }""", "amount_unreadable")]
    [InlineData("""{ "amount_received": 5300 }""", "amount_unreadable")]
    public async Task Money_that_is_not_what_was_to_be_paid_is_looked_at(string subject, string reason)
    {
        var (merchant, invoice, reference, _) = await Open();
        var told = JsonNode.Parse(subject)!;
        told["id"] = reference;
        _ = (await merchant.Webhook("payment_intent.succeeded", told)).Is(200);
        (await merchant.Status($"/invoices/{invoice}")).ShouldBe("pending");
        (await merchant.List("/payments")).ShouldBeEmpty();
        (await merchant.List("/provider-events?status=to_check")).Single()["reason"]!.ToString().ShouldBe(reason);
    }

    private async Task<(Merchant Merchant, string Invoice, string Reference, string Intent)> Open()
    {
        var merchant = await Merchant.Open(shared.App);
        var invoice = await merchant.Invoice(await merchant.Customer(), 5300);
        var intent = (await merchant.Admin.Post("/payment-intents", new { invoice_id = invoice })).Is(201);
        return (merchant, invoice, intent.Json["provider_reference"]!.ToString(), intent.Id);
    }

    private static Task<LedgerAnswer> Tell(Merchant merchant, string reference, char what) => what switch
    {
        's' => merchant.Webhook("payment_intent.succeeded", new { id = reference, amount_received = 5300, currency = "inr" }, "evt_s"),
        'd' => merchant.Webhook("charge.dispute.created", new { id = "dp_1", payment_intent = reference, amount = 5300, currency = "inr", status = "needs_response" }, "evt_d"),
        'c' => merchant.Webhook("charge.dispute.closed", new { id = "dp_1", payment_intent = reference, amount = 5300, currency = "inr", status = "won" }, "evt_c"),
        _ => merchant.Webhook("charge.refunded", new { id = "ch_1", payment_intent = reference, amount_refunded = 2000, currency = "inr" }, "evt_r"),
    };

    private static (long, long, long) Amounts(JsonNode payment) => (Of(payment, "captured"), Of(payment, "refunded"), Of(payment, "disputed"));

    private static long Of(JsonNode payment, string member) => payment[member]?["amount"]?.GetValue<long>() ?? 0;
}

using System.Globalization;
using System.Text.Json.Nodes;

namespace Ledger.Scenarios.Payments;

/// <summary>What moves money says where the log stands, the first time and again: a list read by that is never stale.</summary>
/// <remarks>The client of all scenarios fails where an answer to a write lacks the position, and sends it with what it reads next.</remarks>
[Collection("app")]
public class PositionTests(SharedApp shared)
{
    [Fact]
    public async Task A_list_that_is_read_by_the_position_has_what_was_done()
    {
        var merchant = await Merchant.Open(shared.App);
        for (var round = 0; round < 8; round++)
        {
            var order = await merchant.Order();
            var paid = (await merchant.Pay(order, key: $"pay {round}")).Is(201);
            Text(await Newest(merchant, "/payments"), "id").ShouldBe(paid.Id);
            Text(await Newest(merchant, "/payments"), "status").ShouldBe("captured");
            var back = (await merchant.Admin.Post("/refunds", new { payment_id = paid.Id, amount = new { amount = 100, currency = "INR" } }, $"refund {round}")).Is(201);
            Text(await Newest(merchant, "/refunds"), "status").ShouldBe(back.Json["status"]!.GetValue<string>());

            var held = (await merchant.Pay(await merchant.Order(), capture: "manual")).Is(201);
            _ = (await merchant.Admin.Post($"/payments/{held.Id}/capture", new { })).Is(200);
            Text(await Newest(merchant, "/payments"), "status").ShouldBe("captured");
        }
    }

    [Fact]
    public async Task A_repeat_and_a_decline_say_it_too()
    {
        var merchant = await Merchant.Open(shared.App);
        var order = await merchant.Order();
        var first = Position((await merchant.Pay(order, key: "one")).Is(201));
        Position((await merchant.Pay(order, key: "one")).Is(201)).ShouldBeGreaterThanOrEqualTo(first);
        var declined = (await merchant.Pay(await merchant.Order(), Merchant.Declined)).Is(402);
        Position(declined).ShouldBeGreaterThan(first);
        Text(await Newest(merchant, "/payments"), "status").ShouldBe("failed");

        var customer = (await merchant.Admin.Post("/customers", new { full_name = "Anna" }, "two")).Is(201);
        Position((await merchant.Admin.Post("/customers", new { full_name = "Anna" }, "two")).Is(201)).ShouldBeGreaterThanOrEqualTo(Position(customer));
        var run = (await merchant.Admin.Post("/billing-runs", new { as_of_date = "2025-11-01" })).Is(200);
        Position(run).ShouldBeGreaterThanOrEqualTo(Position(declined));
    }

    private static async Task<JsonNode> Newest(Merchant merchant, string path) => (await merchant.Admin.Get(path)).Is(200).Json["data"]![0]!;

    private static long Position(LedgerAnswer answer) => long.Parse(answer.Headers["Ledger-Position"], CultureInfo.InvariantCulture);

    private static string Text(JsonNode node, string member) => node[member]!.GetValue<string>();
}

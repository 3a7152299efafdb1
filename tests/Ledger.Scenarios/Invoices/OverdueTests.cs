namespace Ledger.Scenarios.Invoices;

/// <summary>An invoice is overdue from the day after it was due, whatever else happens: a question of the day alone.</summary>
[Collection("app")]
public class OverdueTests(SharedApp shared)
{
    [Fact]
    public async Task Though_its_subscription_was_cancelled()
    {
        var shop = await Shop.Open(shared.App);
        var subscription = await shop.Subscribe(await shop.Customer(Shop.Declined));
        _ = await shop.Settled(subscription);
        _ = (await shop.Admin.Post($"/subscriptions/{subscription}/cancel", new { })).Is(200);
        _ = await shop.Run("2025-11-20");
        await IsOverdue(shop, (await shop.Admin.Get($"/invoices?subscription_id={subscription}")).Json["data"]![0]!["id"]!.ToString());
    }

    [Fact]
    public async Task Though_its_dunning_was_ended_by_hand()
    {
        var shop = await Shop.Open(shared.App);
        _ = (await shop.Admin.Patch("/tenants/current/dunning-config", new { dunning_settling_attempts = 2, failed_payment_cancelled_days = 20 })).Is(200);
        var subscription = await shop.Subscribe(await shop.Customer(Shop.Declined));
        var payment = (await shop.Settled(subscription))["id"]!.ToString();
        _ = (await shop.Admin.Post($"/payments/{payment}/retry", new { force = true })).Refuses(402, "card_declined");
        (await shop.Subscription(subscription))["status"]!.GetValue<string>().ShouldBe("error");
        await shop.Advance("2025-11-02T00:30:00Z");
        await IsOverdue(shop, (await shop.Admin.Get($"/invoices?subscription_id={subscription}")).Json["data"]![0]!["id"]!.ToString());
    }

    [Fact]
    public async Task Though_the_zone_moved()
    {
        var shop = await Shop.Open(shared.App, zone: "Pacific/Kiritimati");
        var invoice = await Invoice(shop);
        _ = (await shop.Admin.Patch("/tenants/current/settings", new { time_zone = "Pacific/Pago_Pago" })).Is(200);
        (await Status(shop, invoice)).ShouldBe("pending");
        await shop.Advance("2025-11-20T12:00:00Z");
        await IsOverdue(shop, invoice);
    }

    [Theory]
    [InlineData("2025-11-01T23:59:59Z", "pending")]
    [InlineData("2025-11-02T00:00:00Z", "overdue")]
    [InlineData("2025-11-02T00:30:00Z", "overdue")]
    [InlineData("2025-11-02T23:00:00Z", "overdue")]
    public async Task From_the_first_moment_of_the_day_after(string to, string becomes)
    {
        var shop = await Shop.Open(shared.App);
        await shop.Advance("2025-11-01T23:30:00Z");
        var invoice = await Invoice(shop);
        await shop.Advance(to);
        (await Status(shop, invoice)).ShouldBe(becomes);
        if (becomes is "overdue") await IsOverdue(shop, invoice);
        else (await shop.Admin.Get("/invoices?status=overdue")).Json["data"]!.AsArray().ShouldBeEmpty();
    }

    /// <summary>The read says so by the date alone, before anything was written down.</summary>
    [Fact]
    public async Task A_zone_further_east_makes_it_overdue_at_once()
    {
        var shop = await Shop.Open(shared.App);
        var invoice = await Invoice(shop);
        _ = (await shop.Admin.Patch("/tenants/current/settings", new { time_zone = "Pacific/Kiritimati" })).Is(200);
        (await Status(shop, invoice)).ShouldBe("overdue");
        (await shop.Admin.Get("/invoices?status=overdue")).Json["data"]!.AsArray().Count.ShouldBe(1);
        (await shop.Admin.Get("/invoices?status=pending")).Json["data"]!.AsArray().ShouldBeEmpty();
        (await shop.Admin.Get($"/invoices/{invoice}?as_of=2025-11-01T12:00:00Z")).Json["status"]!.ToString().ShouldBe("overdue");
    }

    private static async Task IsOverdue(Shop shop, string invoice)
    {
        (await Status(shop, invoice)).ShouldBe("overdue");
        (await shop.Admin.Get("/invoices?status=overdue")).Json["data"]!.AsArray().Select(one => one!["id"]!.ToString()).ShouldContain(invoice);
        var told = (await shop.Admin.Get("/events?limit=200")).Json["data"]!.AsArray().Where(one => one!["type"]!.ToString() is "invoice.overdue");
        told.Count(one => one!["data"]!["id"]!.ToString() == invoice).ShouldBe(1);
    }

    private static async Task<string> Status(Shop shop, string invoice) => (await shop.Admin.Get($"/invoices/{invoice}")).Is(200).Json["status"]!.ToString();

    private static async Task<string> Invoice(Shop shop) => (await shop.Admin.Post("/invoices", new
    {
        customer_id = await shop.Customer(card: null), items = new[] { new { description = "x", price = new { amount = 10000, currency = "ISK" } } }, due_days = 0,
    })).Is(201).Id;
}

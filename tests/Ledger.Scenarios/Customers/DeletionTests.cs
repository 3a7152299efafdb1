namespace Ledger.Scenarios.Customers;

[Collection("app")]
public class DeletionTests(SharedApp shared)
{
    [Fact]
    public async Task A_customer_is_deleted_once_nothing_is_open_and_the_cards_go_along()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        var card = (await shop.Admin.Get($"/customers/{customer}/payment-methods")).Json["data"]![0]!["id"]!.ToString();
        var items = new[] { new { description = "x", price = new { amount = 10000, currency = "ISK" } } };
        var invoice = (await shop.Admin.Post("/invoices", new { customer_id = customer, items })).Is(201).Id;
        var draft = (await shop.Admin.Post("/invoices", new { customer_id = customer, items, draft = true })).Is(201).Id;
        var order = (await shop.Admin.Post("/orders", new { customer_id = customer, items })).Is(201).Id;

        var refused = (await shop.Admin.Delete($"/customers/{customer}")).Refuses(409, "customer_has_open_business").Json["detail"]!.ToString();
        foreach (var open in (string[])["INV-000001", draft, order]) refused.ShouldContain(open);

        _ = (await shop.Admin.Post($"/invoices/{invoice}/pay", new { })).Is(200);
        _ = (await shop.Admin.Post($"/invoices/{draft}/void", new { })).Is(200);
        _ = (await shop.Admin.Post($"/orders/{order}/cancel", new { })).Is(200);
        var given = new { operation = "credit", amount = new { amount = 3000, currency = "ISK" } };
        _ = (await shop.Admin.Post($"/customers/{customer}/balance-adjustments", given)).Is(201);
        (await shop.Admin.Delete($"/customers/{customer}")).Refuses(409, "customer_has_open_business").Json["detail"]!.ToString().ShouldContain("balance");
        _ = (await shop.Admin.Post($"/customers/{customer}/balance-adjustments", given with { operation = "charge" })).Is(201);

        _ = (await shop.Admin.Delete($"/customers/{customer}")).Is(204);
        (await shop.Admin.Get($"/payment-methods/{card}")).Refuses(404, "payment_method_not_found");
        (await shop.Admin.Post("/invoices", new { customer_id = customer, items })).Refuses(404, "customer_not_found");
        _ = (await shop.Admin.Get($"/invoices/{invoice}")).Is(200);
    }
}

using System.Net.Http.Headers;

namespace Ledger.Scenarios.Documents;

[Collection("app")]
public class DocumentTests(SharedApp shared)
{
    /// <summary>C7.</summary>
    [Fact]
    public async Task An_invoice_is_there_for_its_customer_and_for_nobody_else()
    {
        var tenant = await shared.App.NewTenant();
        var (anna, jon) = (await Customer(tenant), await Customer(tenant));
        var invoice = await Invoice(tenant, anna.Id);

        (await jon.Client.Get($"/invoices/{invoice}/pdf")).Refuses(404, "invoice_not_found");
        using var own = await Download(anna.Client, $"/invoices/{invoice}/pdf");
        own.Content.Headers.ContentType!.ToString().ShouldBe("application/pdf");
        own.Content.Headers.GetValues("Content-Disposition").ShouldBe([$"attachment; filename=\"invoice-{invoice}.pdf\""]);
        var bytes = await own.Content.ReadAsByteArrayAsync();
        bytes.AsSpan(0, 5).SequenceEqual("%PDF-"u8).ShouldBeTrue();
        using var again = await Download(tenant.Staff, $"/invoices/{invoice}/pdf");
        (await again.Content.ReadAsByteArrayAsync()).ShouldBe(bytes);

        var other = await shared.App.NewTenant();
        (await other.Admin.Get($"/invoices/{invoice}/pdf")).Refuses(404, "invoice_not_found");
        (await shared.App.Anonymous.Get($"/invoices/{invoice}/pdf")).Refuses(401, "unauthorized");
    }

    /// <summary>C11.</summary>
    [Fact]
    public async Task A_customer_asks_twenty_times_a_minute_at_most()
    {
        var tenant = await shared.App.NewTenant();
        var (anna, jon) = (await Customer(tenant), await Customer(tenant));
        var (hers, his) = (await Invoice(tenant, anna.Id), await Invoice(tenant, jon.Id));
        for (var i = 0; i < 20; i++) (await anna.Client.Get($"/invoices/{hers}/pdf")).Is(200);
        var refused = (await anna.Client.Get($"/invoices/{hers}/pdf")).Refuses(429, "too_many_requests");
        refused.Headers.ContainsKey("Retry-After").ShouldBeTrue();
        (await jon.Client.Get($"/invoices/{his}/pdf")).Is(200);
    }

    [Fact]
    public async Task What_was_paid_and_taken_back_has_papers_too()
    {
        var shop = await Shop.Open(shared.App);
        var customer = await shop.Customer();
        var invoice = (await shop.Admin.Post("/invoices", Lines(customer))).Is(201).Id;
        var payment = (await shop.Admin.Post($"/invoices/{invoice}/pay", new { })).Is(200).Id;
        var note = (await shop.Admin.Post("/credit-notes", new { invoice_id = invoice, amount = new { amount = 500, currency = "ISK" } })).Is(201).Id;
        _ = (await shop.Admin.Patch("/tenants/current/document-settings", new { language = "is", template = "modern", address = new[] { "Þórsgötu 1" }, tax_number = "12345" })).Is(200);

        foreach (var (path, name) in new[]
        {
            ($"/payments/{payment}/receipt", $"receipt-{payment}.pdf"), ($"/credit-notes/{note}/pdf", $"credit-note-{note}.pdf"),
            ($"/customers/{customer}/statement?from=2025-11-01&to=2025-11-30", "statement-2025-11-01-2025-11-30.pdf"),
        })
        {
            using var file = await Download(shop.Admin, path);
            ((int)file.StatusCode).ShouldBe(200, path);
            file.Content.Headers.ContentDisposition!.FileName!.Trim('"').ShouldBe(name);
        }

        (await shop.Admin.Get($"/customers/{customer}/statement?from=2025-12-01&to=2025-11-30")).Refuses(400, "validation_failed");
        (await shop.Admin.Get($"/customers/{customer}/statement?from=yesterday")).Refuses(400, "validation_failed");
        (await shop.Admin.Get($"/customers/{Guid.NewGuid()}/statement")).Refuses(404, "customer_not_found");

        var declined = await shop.Customer(Shop.Declined);
        var unpaid = (await shop.Admin.Post("/invoices", Lines(declined))).Is(201).Id;
        var failed = (await shop.Admin.Post($"/invoices/{unpaid}/pay", new { })).Refuses(402, "card_declined").Json["payment_id"]!.ToString();
        (await shop.Admin.Get($"/payments/{failed}/receipt")).Refuses(409, "payment_not_taken");
    }

    [Fact]
    public async Task A_tenant_chooses_its_template_and_language()
    {
        var tenant = await shared.App.NewTenant();
        var templates = (await tenant.Staff.Get("/pdf-templates")).Is(200).Json["data"]!.AsArray();
        templates.Select(one => one!["id"]!.ToString()).ShouldBe(["classic", "modern", "compact"]);
        (await tenant.Staff.Patch("/tenants/current/document-settings", new { template = "compact" })).Refuses(403, "forbidden");
        (await tenant.Admin.Patch("/tenants/current/document-settings", new { template = "compact", language = "da" })).Is(200);
        (await tenant.Admin.Get("/tenants/current/document-settings")).Is(200).Json["language"]!.ToString().ShouldBe("da");
        (await tenant.Admin.Patch("/tenants/current/document-settings", new { template = "baroque" })).Status.ShouldBe(400);
        (await tenant.Admin.Patch("/tenants/current/document-settings", new { address = new[] { "" } })).Refuses(400, "validation_failed");
    }

    private static object Lines(string customer) => new
    {
        customer_id = customer, items = new[] { new { description = "Rúgbrauð", quantity = 2, price = new { amount = 1240, currency = "ISK" }, tax_rate = "0.24" } },
    };

    private static async Task<string> Invoice(TestTenant tenant, string customer) => (await tenant.Admin.Post("/invoices", Lines(customer))).Is(201).Id;

    private async Task<(string Id, LedgerClient Client)> Customer(TestTenant tenant)
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Sæunn Ðórhallsdóttir", email })).Is(201).Id;
        using var browser = await shared.App.LogIn(tenant, email);
        return (id, browser.AsClient());
    }

    private async Task<HttpResponseMessage> Download(LedgerClient client, string path)
    {
        using var http = new HttpClient { DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", client.Bearer) } };
        return await http.GetAsync(new Uri(shared.App.Address, $"/api/v1{path}"));
    }
}

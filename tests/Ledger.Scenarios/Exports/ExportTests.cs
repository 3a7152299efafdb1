using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Ledger.Application.Exports;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Scenarios.Exports;

[Collection("app")]
public class ExportTests(SharedApp shared)
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>G8.</summary>
    [Fact]
    public async Task The_failed_payments_of_a_month_are_exported()
    {
        var shop = await Shop.Open(shared.App);
        await Pay(shop, Shop.Declined, 2);
        await Pay(shop, Shop.Good, 3);
        var filter = new { status = "failed", from_date = "2025-11-01", to_date = "2025-11-30" };
        var done = await Export(shop, new { resource = "payments", format = "csv", filter });
        done["rows"]!.GetValue<long>().ShouldBe(2);
        var lines = (await Download(done)).Trim().Split("\r\n");
        lines[0].ShouldStartWith("id,invoice_id,customer_id,subscription_id,order_id,status,currency,amount,");
        lines[1..].ShouldAllBe(line => line.Contains(",failed,ISK,1000,0,", StringComparison.Ordinal));
        (await Export(shop, new { resource = "payments", filter = new { status = "failed", from_date = "2025-12-01" } }))["rows"]!.GetValue<long>().ShouldBe(0);
        (await shop.Admin.Get("/exports")).Is(200).Json["data"]!.AsArray().Count.ShouldBe(2);

        using var customer = await shared.App.NewCustomer(shop.Tenant);
        (await customer.Post("/exports", new { resource = "payments" })).Refuses(403, "forbidden");
        (await customer.Get($"/exports/{done["id"]}")).Refuses(403, "forbidden");
        var other = await shared.App.NewTenant();
        (await other.Admin.Get($"/exports/{done["id"]}")).Refuses(404, "export_not_found");
    }

    [Fact]
    public async Task A_workbook_says_what_the_text_says()
    {
        var shop = await Shop.Open(shared.App);
        await Pay(shop, Shop.Good, 4);
        foreach (var resource in new[] { "invoices", "payments", "customers" })
        {
            var csv = (await Download(await Export(shop, new { resource, format = "csv" }))).Trim().Split("\r\n").Select(line => line.Split(',').Length).ToList();
            var link = (await Export(shop, new { resource, format = "xlsx" }))["download_url"]!.GetValue<string>();
            using var http = new HttpClient();
            await using var zip = new ZipArchive(new MemoryStream(await http.GetByteArrayAsync(new Uri(link))));
            var sheet = await XDocument.LoadAsync(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open(), LoadOptions.None, CancellationToken.None);
            var rows = sheet.Descendants(Main + "row").Select(row => row.Elements(Main + "c").ToList()).ToList();
            rows[..csv.Count].Select(row => row.Count).ShouldBe(csv, resource);
            if (resource == "payments") rows[^1][7].Element(Main + "v")!.Value.ShouldBe("4000", "the sum of the amounts");
        }
    }

    [Fact]
    public async Task A_link_is_good_only_as_it_was_given_and_for_a_while()
    {
        var shop = await Shop.Open(shared.App);
        _ = await shop.Customer();
        var done = await Export(shop, new { resource = "customers" });
        var link = done["download_url"]!.GetValue<string>();
        using var http = new HttpClient();
        using (var good = await http.GetAsync(new Uri(link)))
        {
            good.Content.Headers.GetValues("Content-Disposition").ShouldBe(["attachment; filename=\"customers-2025-11-01.csv\""]);
            (await good.Content.ReadAsStringAsync()).ShouldContain("Jón Jónsson");
            good.Content.Headers.ContentLength.ShouldBe(done["bytes"]!.GetValue<long>());
        }

        foreach (var bent in new[] { link + "0", link.Replace("expires=", "expires=9", StringComparison.Ordinal), link.Replace(shop.Tenant.Name, Guid.NewGuid().ToString(), StringComparison.Ordinal) })
        {
            using var answer = await http.GetAsync(new Uri(bent));
            ((int)answer.StatusCode).ShouldBe(404, bent);
        }

        await using var later = await LedgerApp.Start(
            runsWorkers: false, connectionString: shared.App.ConnectionString, replace: services => services.AddSingleton<NodaTime.IClock>(new LaterClock(NodaTime.Duration.FromMinutes(61))));
        using var expired = await http.GetAsync(new UriBuilder(link) { Port = later.Address.Port }.Uri);
        ((int)expired.StatusCode).ShouldBe(404);
        (await expired.Content.ReadAsStringAsync()).ShouldContain("export_link_expired");
    }

    [Fact]
    public async Task Cut_into_small_parts_and_small_stretches_of_work_the_file_is_the_same()
    {
        await using var app = await LedgerApp.Start(replace: services => services.AddSingleton(new ExportPace(2, TimeSpan.Zero)));
        var shop = await Shop.Open(app);
        await Pay(shop, Shop.Good, 7);
        var done = await Export(shop, new { resource = "payments" });
        done["rows"]!.GetValue<long>().ShouldBe(7);
        var ids = (await Download(done)).Trim().Split("\r\n").Skip(1).Select(line => line.Split(',')[0]).ToList();
        ids.ShouldBe((await shop.Admin.Get("/payments")).Is(200).Json["data"]!.AsArray().Select(one => one!["id"]!.ToString()));

        var book = await Export(shop, new { resource = "payments", format = "xlsx" });
        book["rows"]!.GetValue<long>().ShouldBe(7);
    }

    [Fact]
    public async Task An_export_that_only_fails_ends_as_failed_and_leaves_nothing()
    {
        await using var app = await LedgerApp.Start(logLevel: "Fatal", replace: services => services.AddSingleton(new ExportPace(-2, TimeSpan.Zero)));
        var shop = await Shop.Open(app);
        await Pay(shop, Shop.Good, 1);
        var asked = (await shop.Admin.Post("/exports", new { resource = "payments", format = "xlsx" })).Is(202);
        await using var source = Npgsql.NpgsqlDataSource.Create(app.ConnectionString);
        var left = $"select count(*) from ledger.export_parts where export_id = '{asked.Id}'";
        _ = await Sql($"insert into ledger.export_parts (tenant_id, export_id, kind, number, content, rows_so_far, after_position, sums) values ('{shop.Tenant.Name}', '{asked.Id}', 'rows', 0, '', 0, 1, '{{}}')");
        for (var i = 0; i < 400 && (await Read())["status"]!.GetValue<string>() is not "failed"; i++)
        {
            _ = await Sql("update ledger.messages set failures = 19, run_at = clock_timestamp() where type = 'run_export' and not is_leased and failures > 0 and failures < 19");
            await Task.Delay(50);
        }

        (await Read())["failure_code"]!.GetValue<string>().ShouldBe("not_written");
        for (var i = 0; i < 200 && (long)(await Sql("select count(*) from ledger.dead_messages where type = 'run_export'"))! == 0; i++) await Task.Delay(50);
        (await Sql("select count(*) from ledger.dead_messages where type = 'run_export'")).ShouldBe(1L);
        (await Sql(left)).ShouldBe(0L);

        async Task<object?> Sql(string text)
        {
            await using var command = source.CreateCommand(text);
            return await command.ExecuteScalarAsync();
        }

        async Task<JsonNode> Read() => (await shop.Admin.Get($"/exports/{asked.Id}")).Is(200).Json;
    }

    [Fact]
    public async Task What_cannot_be_exported_is_said()
    {
        var tenant = await shared.App.NewTenant();
        foreach (var wrong in new object[]
        {
            new { }, new { resource = "deliveries" }, new { resource = "customers", filter = new { status = "paid" } }, new { resource = "payments", filter = new { status = "lost" } },
            new { resource = "payments", filter = new { q = "Jón" } }, new { resource = "payments", filter = new { from_date = "2025-12-01", to_date = "2025-11-01" } },
            new { resource = "payments", format = "pdf" },
        }) (await tenant.Admin.Post("/exports", wrong)).Status.ShouldBe(400, wrong.ToString());
        (await tenant.Admin.Send(HttpMethod.Post, "/exports", new { resource = "payments" }, idempotencyKey: "")).Refuses(400, "idempotency_key_required");
        var first = (await tenant.Admin.Post("/exports", new { resource = "payments" }, "same")).Is(202);
        (await tenant.Admin.Post("/exports", new { resource = "payments" }, "same")).Is(202).Id.ShouldBe(first.Id);
    }

    /// <summary>EXP-1, EXP-2, EXP-3.</summary>
    [Fact]
    public async Task A_customer_has_a_payment_history_to_the_letter()
    {
        var tenant = await shared.App.NewTenant(currency: "USD", clock: "2024-01-15");
        var email = $"{Guid.NewGuid():N}@example.org";
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email })).Is(201).Id;
        _ = (await tenant.Admin.Post($"/customers/{customer}/payment-methods", new { token = Shop.Good })).Is(201);
        var invoice = (await tenant.Admin.Post("/invoices", new
        {
            customer_id = customer,
            items = new[] { new { description = "Carpet Cleaning", price = new { amount = 12500, currency = "USD" } }, new { description = "Upholstery", price = new { amount = 6000, currency = "USD" } } },
        })).Is(201).Id;
        _ = (await tenant.Admin.Post($"/invoices/{invoice}/pay", new { })).Is(200);
        _ = (await tenant.Admin.Get("/invoices")).Is(200);

        using var browser = await shared.App.LogIn(tenant, email);
        var csv = (await browser.Get("/exports/payment-history?year=2024")).Is(200);
        csv.Text.ShouldBe("Date,Invoice #,Services,Amount\r\n01/15/2024,INV-000001,Carpet Cleaning; Upholstery,185.00\r\n");
        csv.Headers["Content-Disposition"].ShouldBe("attachment; filename=\"payment-history-2024.csv\"");
        csv.Headers["Content-Type"].ShouldStartWith("text/csv");
        (await browser.Get("/exports/payment-history")).Is(200).Headers["Content-Disposition"].ShouldBe("attachment; filename=\"payment-history-all.csv\"");
        (await browser.Get("/exports/payment-history?year=2023")).Is(200).Text.ShouldBe("Date,Invoice #,Services,Amount\r\n");
        (await browser.Get("/exports/payment-history?format=json")).Is(200).Text.ShouldBe(
            $$$"""{"invoices":[{"id":"{{{invoice}}}","paid_date":"2024-01-15","amount":185.00,"job":{"services":[{"service":{"name":"Carpet Cleaning"}},{"service":{"name":"Upholstery"}}]}}]}""");
        (await browser.Get("/exports/payment-history?format=xml")).Refuses(400, "validation_failed");
        (await browser.Get("/exports/payment-history?year=soon")).Refuses(400, "validation_failed");
        (await browser.Get($"/exports/payment-history?customer_id={Guid.NewGuid()}")).Refuses(404, "customer_not_found");
        (await tenant.Admin.Get("/exports/payment-history")).Refuses(400, "validation_failed");
        (await tenant.Admin.Get($"/exports/payment-history?customer_id={customer}")).Is(200).Text.ShouldBe(csv.Text.Replace("\r\n01", "\r\n01", StringComparison.Ordinal));
    }

    private static async Task Pay(Shop shop, string card, int times)
    {
        var customer = await shop.Customer(card);
        for (var i = 0; i < times; i++)
        {
            var invoice = (await shop.Admin.Post("/invoices", new
            {
                customer_id = customer, items = new[] { new { description = "=1+1", price = new { amount = 1000, currency = "ISK" } } },
            })).Is(201).Id;
            (await shop.Admin.Post($"/invoices/{invoice}/pay", new { })).Status.ShouldBe(card == Shop.Good ? 200 : 402);
        }
    }

    private static async Task<JsonNode> Export(Shop shop, object wish)
    {
        var asked = (await shop.Admin.Post("/exports", wish)).Is(202);
        for (var i = 0; i < 1000; i++)
        {
            var now = (await shop.Admin.Get($"/exports/{asked.Id}")).Is(200).Json;
            if (now["status"]!.GetValue<string>() == "completed") return now;
            await Task.Delay(25);
        }

        throw new TimeoutException("The export has not ended.");
    }

    private static async Task<string> Download(JsonNode export)
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri(export["download_url"]!.GetValue<string>()));
    }

    private sealed class LaterClock(NodaTime.Duration by) : NodaTime.IClock
    {
        public NodaTime.Instant GetCurrentInstant() => NodaTime.SystemClock.Instance.GetCurrentInstant() + by;
    }
}

using System.Text;

namespace Ledger.Api.Tests;

/// <summary>What cannot be right is refused with the right problem, and changes nothing.</summary>
[Collection("app")]
public class BadInputTests(SharedApp shared)
{
    public static TheoryData<string, string, int, string> Customers => new()
    {
        { "malformed JSON", "{\"full_name\":", 400, "malformed_request" },
        { "an unknown member", "{\"full_name\":\"A\",\"nickname\":\"B\"}", 400, "malformed_request" },
        { "a member given twice", "{\"full_name\":\"A\",\"full_name\":\"B\"}", 400, "malformed_request" },
        { "a wrong type", "{\"full_name\":5}", 400, "malformed_request" },
        { "a null character", "{\"full_name\":\"A\\u0000B\"}", 400, "malformed_request" },
        { "an array", "[]", 400, "malformed_request" },
        { "nothing that names it", "{}", 422, "customer_name_or_external_id_required" },
        { "a blank name", "{\"full_name\":\"  \"}", 400, "validation_failed" },
        { "a name too long", $"{{\"full_name\":\"{new string('x', 300)}\"}}", 400, "validation_failed" },
        { "no e-mail address", "{\"full_name\":\"A\",\"email\":\"nobody\"}", 400, "validation_failed" },
        { "an address with an invisible mark", "{\"full_name\":\"A\",\"email\":\"ann@example.com\u202c\"}", 400, "malformed_request" },
        { "a domain with two dots", "{\"full_name\":\"A\",\"email\":\"ann@example..com\"}", 400, "validation_failed" },
        { "an accent before the @", "{\"full_name\":\"A\",\"email\":\"j\u00f3n@example.com\"}", 400, "validation_failed" },
        { "a name with an invisible mark", "{\"full_name\":\"An\u200bna\"}", 400, "malformed_request" },
        { "half of a character", "{\"full_name\":\"An\\ud800na\"}", 400, "malformed_request" },
        { "half of a character as a key", "{\"full_name\":\"A\",\"metadata\":{\"\\ud800\":\"x\"}}", 400, "malformed_request" },
        { "too many metadata", $"{{\"full_name\":\"A\",\"metadata\":{{{string.Join(',', Enumerable.Range(0, 51).Select(n => $"\"k{n}\":\"v\""))}}}}}", 400, "validation_failed" },
    };

    [Theory, MemberData(nameof(Customers))]
    public async Task A_customer_is_refused_for(string what, string body, int status, string code)
    {
        var tenant = await shared.App.NewTenant();
        var answer = await tenant.Admin.Post("/customers", body);
        (answer.Status, answer.Code).ShouldBe((status, code), $"{what}: {answer.Text}");
        answer.Headers["Content-Type"].ShouldStartWith("application/problem+json");
        (await tenant.Admin.Get("/customers?include=total")).Is(200).Json["page"]!["total"]!.GetValue<long>().ShouldBe(0);
    }

    [Fact]
    public async Task A_name_is_kept_composed_and_an_address_is_one_whichever_way_it_is_written()
    {
        var tenant = await shared.App.NewTenant();
        (await tenant.Admin.Post("/customers", new { full_name = "Jo\u0301n", email = "ann@b\u00fccher.example" })).Is(201).Json["full_name"]!.GetValue<string>().ShouldBe("J\u00f3n");
        (await tenant.Admin.Post("/customers", new { full_name = "Two", email = "Ann@xn--bcher-kva.example" })).Refuses(409, "email_taken");
    }

    [Theory]
    [InlineData("1989-12-31"), InlineData("0021-05-10"), InlineData("2201-01-01")]
    public async Task A_date_that_is_a_slip_of_the_hand_is_refused(string date)
    {
        var tenant = await shared.App.NewTenant();
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "A" })).Is(201).Id;
        (await tenant.Admin.Post("/subscriptions", new { customer_id = customer, start_date = date, frequency = "monthly" })).Refuses(400, "malformed_request");
    }

    public static TheoryData<string, string, int, string> Variations => new()
    {
        { "a negative amount", """{"amount":-1,"currency":"ISK"}""", 400, "validation_failed" },
        { "a huge amount", """{"amount":9223372036854775807,"currency":"ISK"}""", 400, "validation_failed" },
        { "an amount beyond all numbers", """{"amount":99999999999999999999,"currency":"ISK"}""", 400, "malformed_request" },
        { "a fraction", """{"amount":12.5,"currency":"ISK"}""", 400, "malformed_request" },
        { "a text", """{"amount":"12","currency":"ISK"}""", 400, "malformed_request" },
        { "an unknown currency", """{"amount":12,"currency":"XYZ"}""", 400, "malformed_request" },
        { "a lower-case currency", """{"amount":12,"currency":"isk"}""", 400, "malformed_request" },
        { "no currency", """{"amount":12}""", 400, "malformed_request" },
        { "a plain number", "12", 400, "malformed_request" },
    };

    [Theory, MemberData(nameof(Variations))]
    public async Task A_price_is_refused_for(string what, string price, int status, string code)
    {
        var tenant = await shared.App.NewTenant();
        var product = (await tenant.Admin.Post("/products", new { name = "P" })).Is(201).Id;
        var answer = await tenant.Admin.Post("/product-variations", $$"""{"product_id":"{{product}}","name":"V","price":{{price}}}""");
        (answer.Status, answer.Code).ShouldBe((status, code), $"{what}: {answer.Text}");
    }

    [Fact]
    public async Task Amounts_that_multiply_beyond_what_can_be_billed_are_refused()
    {
        var tenant = await shared.App.NewTenant();
        var customer = (await tenant.Admin.Post("/customers", new { full_name = "A" })).Is(201).Id;
        (await tenant.Admin.Post("/subscriptions", new
        {
            customer_id = customer,
            items = new[] { new { description = "x", quantity = 1_000_000, price = new { amount = 1_000_000_000_000, currency = "ISK" } } },
        })).Refuses(422, "amount_too_large");
    }

    [Fact]
    public async Task A_body_of_ten_megabytes_is_refused()
    {
        var tenant = await shared.App.NewTenant();
        var body = new StringBuilder("{\"full_name\":\"").Append('x', 10 * 1024 * 1024).Append("\"}").ToString();
        (await tenant.Admin.Post("/customers", body)).Refuses(413, "body_too_large");
    }

    [Fact]
    public async Task A_body_that_is_not_json_is_refused() =>
        (await (await shared.App.NewTenant()).Admin.Send(HttpMethod.Post, "/customers", "full_name=A", "key", contentType: "application/x-www-form-urlencoded"))
            .Refuses(415, "unsupported_media_type");

    [Fact]
    public async Task A_creation_without_an_idempotency_key_is_refused() =>
        (await (await shared.App.NewTenant()).Admin.Send(HttpMethod.Post, "/customers", new { full_name = "A" })).Refuses(400, "idempotency_key_required");

    [Theory]
    [InlineData("limit=0"), InlineData("limit=201"), InlineData("limit=x"), InlineData("after=!!"), InlineData("offset=-1"), InlineData("include=all")]
    public async Task A_page_is_refused_for(string query) =>
        (await (await shared.App.NewTenant()).Admin.Get($"/customers?{query}")).Refuses(400, "validation_failed");

    [Theory]
    [InlineData("/payments?status=lost"), InlineData("/payments?customer_id=5"), InlineData("/invoices?from_date=yesterday")]
    public async Task A_filter_is_refused(string path) => (await (await shared.App.NewTenant()).Admin.Get(path)).Refuses(400, "validation_failed");

    [Fact]
    public async Task What_is_nowhere_is_a_problem_too() => (await (await shared.App.NewTenant()).Admin.Get("/nowhere")).Refuses(404, "not_found");
}

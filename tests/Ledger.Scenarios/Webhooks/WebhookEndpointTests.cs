using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Ledger.Domain.People;
using Ledger.Domain.Tenancy;

namespace Ledger.Scenarios.Webhooks;

/// <summary>What happens to an endpoint that is paused, removed, given up, or whose secret is exchanged.</summary>
public class WebhookEndpointTests(WebhookApp shared) : IClassFixture<WebhookApp>
{
    [Fact]
    public async Task What_is_sent_is_signed_by_the_secret_that_was_shown_once()
    {
        var (tenant, endpoint) = await Open();
        endpoint.Secret.ShouldNotBeNull();
        (await endpoint.Read()).AsObject().ContainsKey("secret").ShouldBeFalse();
        (await tenant.Admin.Get("/webhook-endpoints")).Text.ShouldNotContain(endpoint.Secret);
        _ = await Happen(tenant);
        var told = (await endpoint.Wait(1)).Single();
        told.Headers["webhook-signature"].ShouldBe(Signature(endpoint.Secret, told));
        told.Headers["content-type"].ShouldBe("application/json; charset=utf-8");
        told.Json["id"]!.GetValue<string>().ShouldBe(told.Id);
        told.Json["sequence"]!.GetValue<long>().ShouldBe(told.Sequence);
        told.Json["subject_id"]!.GetValue<string>().ShouldBe(told.Subject);
    }

    [Fact]
    public async Task Two_secrets_sign_for_a_while_and_then_the_new_one_alone()
    {
        var (tenant, endpoint) = await Open();
        var rotated = (await endpoint.Do("rotate-secret", new { overlap_seconds = 3600 })).Is(200).Json["secret"]!.GetValue<string>();
        rotated.ShouldNotBe(endpoint.Secret);
        _ = await Happen(tenant);
        var both = (await endpoint.Wait(1))[0];
        both.Headers["webhook-signature"].ShouldBe($"{Signature(rotated, both)} {Signature(endpoint.Secret!, both)}");
        await new Shop(tenant).Advance("2025-11-01T13:00:00Z");
        _ = await Happen(tenant);
        var one = (await endpoint.Wait(2))[1];
        one.Headers["webhook-signature"].ShouldBe(Signature(rotated, one));
    }

    [Fact]
    public async Task What_happens_while_it_is_paused_is_sent_when_it_is_resumed()
    {
        var (tenant, endpoint) = await Open();
        var witness = await Endpoint.Register(shared, tenant.Admin);
        (await endpoint.Do("pause")).Is(200).Json["status"]!.GetValue<string>().ShouldBe("paused");
        _ = (await endpoint.Do("pings")).Refuses(409, "webhook_endpoint_not_active");
        var customer = await Happen(tenant);
        _ = await witness.Wait(1);
        (await endpoint.Deliveries()).Single()["status"]!.GetValue<string>().ShouldBe("pending");
        endpoint.Heard.ShouldBeEmpty();
        _ = (await endpoint.Do("resume")).Is(200);
        (await endpoint.Wait(1)).Single().Subject.ShouldBe(customer);
    }

    [Fact]
    public async Task One_that_answers_410_is_given_up_until_it_is_resumed()
    {
        var (tenant, endpoint) = await Open();
        endpoint.Answers(410);
        _ = await Happen(tenant);
        await Until(async () => (await endpoint.Read())["status"]!.GetValue<string>() == "disabled");
        (await endpoint.Read())["disabled_reason"]!.GetValue<string>().ShouldBe("gone");
        (await endpoint.Deliveries()).Single()["status"]!.GetValue<string>().ShouldBe("abandoned");
        (await endpoint.Do("pause")).Refuses(409, "webhook_endpoint_disabled");
        endpoint.Answers(200);
        _ = (await endpoint.Do("resume")).Is(200);
        var next = await Happen(tenant);
        (await endpoint.Wait(2))[1].Subject.ShouldBe(next);
    }

    [Fact]
    public async Task One_that_only_fails_for_five_days_is_given_up()
    {
        var (tenant, endpoint) = await Open(new { retry_waits = Enumerable.Repeat(86_400, 10) });
        endpoint.Answers(503);
        _ = await Happen(tenant);
        var shop = new Shop(tenant);
        for (var day = 1; day <= 5; day++)
        {
            _ = await endpoint.Until("failed", day);
            await shop.Advance(string.Create(CultureInfo.InvariantCulture, $"2025-11-0{day + 1}T12:00:00Z"));
        }

        _ = await endpoint.Until("failed", 6);
        (await endpoint.Read())["status"]!.GetValue<string>().ShouldBe("active");
        await shop.Advance("2025-11-07T12:00:00Z");
        await Until(async () => (await endpoint.Read())["status"]!.GetValue<string>() == "disabled");
        (await endpoint.Read())["disabled_reason"]!.GetValue<string>().ShouldBe("failed_too_long");
    }

    [Fact]
    public async Task What_waits_goes_to_the_new_address()
    {
        var (tenant, endpoint) = await Open();
        endpoint.Answers(500);
        _ = await Happen(tenant);
        _ = await endpoint.Until("failed", 1);
        var elsewhere = $"/{Guid.NewGuid():N}";
        _ = (await tenant.Admin.Patch($"/webhook-endpoints/{endpoint.Id}", new { url = shared.Consumer.At(elsewhere), events = new[] { "customer.created" } })).Is(200);
        await new Shop(tenant).Advance("2025-11-01T13:00:00Z");
        (await shared.Consumer.Wait(elsewhere, 1))[0].Id.ShouldBe(endpoint.Heard[0].Id);
    }

    [Fact]
    public async Task A_ping_says_only_that_it_is_one()
    {
        var (_, endpoint) = await Open();
        var delivery = (await endpoint.Do("pings")).Is(202).Json["delivery_id"]!.GetValue<string>();
        (await endpoint.Wait(1)).Single().Type.ShouldBe("ping");
        (await endpoint.Until("succeeded", 1))["id"]!.GetValue<string>().ShouldBe(delivery);
    }

    [Fact]
    public async Task A_thin_body_has_ids_alone()
    {
        var (tenant, endpoint) = await Open(new { format = "thin" });
        var customer = await Happen(tenant);
        (await endpoint.Wait(1)).Single().Json["data"]!.ToJsonString().ShouldBe($$"""{"id":"{{customer}}","customer_id":"{{customer}}"}""");
    }

    /// <summary>G3, where Ledger sends to nobody but the public.</summary>
    [Fact]
    public async Task An_address_that_is_not_open_to_everybody_is_refused()
    {
        await using var closed = await LedgerApp.Start();
        var tenant = await closed.NewTenant();
        foreach (var url in new[] { "http://169.254.169.254/", "https://169.254.169.254/", "https://10.0.0.1/", "https://localhost/", "https://example.com:8080/", "https://a:b@example.com/", "http://example.com/", "/hook" })
            (await tenant.Admin.Post("/webhook-endpoints", new { url })).Refuses(422, "url_not_allowed");
        var made = (await tenant.Admin.Post("/webhook-endpoints", new { url = "https://example.com/webhooks", events = new[] { "payment.succeeded", "subscription.past_due" }, secret = Endpoint.OwnSecret })).Is(201);
        (await tenant.Admin.Patch($"/webhook-endpoints/{made.Id}", new { url = "https://[::1]/" })).Refuses(422, "url_not_allowed");
        using var visitor = closed.Browse(null);
        (await visitor.Post("/auth/merchant-registrations", new { email = "m@example.org", name = "M", password = LedgerApp.Password, webhook_url = "https://127.0.0.1/" })).Refuses(422, "url_not_allowed");
    }

    [Fact]
    public async Task A_tenant_has_fifty_endpoints_and_another_when_one_is_removed()
    {
        var tenant = await shared.App.NewTenant();
        var key = Guid.NewGuid().ToString();
        var wish = new { url = "https://example.com/webhooks" };
        var first = (await tenant.Admin.Post("/webhook-endpoints", wish, key)).Is(201);
        for (var i = 1; i < 50; i++) _ = (await tenant.Admin.Post("/webhook-endpoints", wish)).Is(201);
        (await tenant.Admin.Post("/webhook-endpoints", wish)).Refuses(409, "too_many_webhook_endpoints");
        (await tenant.Admin.Post("/webhook-endpoints", wish, key)).Is(201).Id.ShouldBe(first.Id);
        _ = (await (await shared.App.NewTenant()).Admin.Post("/webhook-endpoints", wish)).Is(201);
        _ = (await tenant.Admin.Delete($"/webhook-endpoints/{first.Id}")).Is(204);
        _ = (await tenant.Admin.Post("/webhook-endpoints", wish)).Is(201);
        (await tenant.Admin.Post("/webhook-endpoints", wish)).Refuses(409, "too_many_webhook_endpoints");
    }

    [Theory]
    [InlineData("whsec_x")]
    [InlineData("whsec_")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8")]
    [InlineData("whsec_AAECAwQF BgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh-_")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    public async Task A_secret_that_no_library_can_verify_by_is_refused_in_every_format(string secret)
    {
        var tenant = await shared.App.NewTenant();
        foreach (var format in new[] { "full", "thin", "gateway" })
        {
            var refused = (await tenant.Admin.Post("/webhook-endpoints", new { url = "https://example.com/webhooks", format, secret })).Refuses(400, "validation_failed");
            refused.Text.ShouldContain("not_a_secret");
            refused.Text.ShouldNotContain($"\"{secret}\"");
        }
    }

    [Fact]
    public async Task A_secret_of_ones_own_signs()
    {
        var (tenant, endpoint) = await Open(new { secret = Endpoint.OwnSecret });
        _ = await Happen(tenant);
        var told = (await endpoint.Wait(1)).Single();
        told.Headers["webhook-signature"].ShouldBe(Signature(Endpoint.OwnSecret, told));
    }

    [Fact]
    public async Task A_merchants_address_becomes_an_endpoint_that_tells_as_gateways_do()
    {
        using var visitor = shared.App.Browse(null);
        var made = (await visitor.Post("/auth/merchant-registrations", new
        {
            email = $"{Guid.NewGuid():N}@example.org", name = "M", password = LedgerApp.Password, mode = "sandbox", webhook_url = "https://m.example.com/hook",
        })).Is(201);
        made.Json["webhook_secret"]!.GetValue<string>().ShouldStartWith("whsec_");
        var endpoint = (await shared.App.With(made.Json["api_key"]!.GetValue<string>()).Get("/webhook-endpoints")).Is(200).Json["data"]!.AsArray().Single()!;
        endpoint["format"]!.GetValue<string>().ShouldBe("gateway");
        endpoint["url"]!.GetValue<string>().ShouldBe("https://m.example.com/hook");
        endpoint["events"]!.AsArray().Select(one => one!.GetValue<string>()).ShouldBe(["payment.authorized", "payment.failed", "payment.refunded"]);
    }

    [Fact]
    public async Task Nobody_else_sees_or_hears_of_it()
    {
        var (tenant, endpoint) = await Open();
        var (other, _) = await Open();
        _ = await Happen(tenant);
        _ = await endpoint.Wait(1);
        var delivery = (await endpoint.Until("succeeded", 1))["id"]!.GetValue<string>();
        foreach (var path in new[] { "", "/deliveries", "/gaps", $"/deliveries/{delivery}" })
            (await other.Admin.Get($"/webhook-endpoints/{endpoint.Id}{path}")).Refuses(404, "webhook_endpoint_not_found");
        (await other.Admin.Post($"/webhook-endpoints/{endpoint.Id}/deliveries/{delivery}/redeliver")).Refuses(404, "webhook_endpoint_not_found");
        (await other.Admin.Delete($"/webhook-endpoints/{endpoint.Id}")).Refuses(404, "webhook_endpoint_not_found");
        using var customer = await shared.App.NewCustomer(tenant);
        _ = (await customer.Get($"/webhook-endpoints/{endpoint.Id}")).Is(403);
        using var staff = await shared.App.NewUser(tenant, UserRole.Staff);
        _ = (await staff.Get("/webhook-endpoints")).Is(403);
    }

    private async Task<(TestTenant, Endpoint)> Open(object? with = null)
    {
        var tenant = await shared.App.NewTenant(mode: TenantMode.Sandbox);
        return (tenant, await Endpoint.Register(shared, tenant.Admin, with: with));
    }

    private static async Task<string> Happen(TestTenant tenant) => (await tenant.Admin.Post("/customers", new { full_name = "Somebody" })).Is(201).Id;

    private static string Signature(string secret, Told told) =>
        $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{told.Id}.{told.Headers["webhook-timestamp"]}.{told.Body}")))}";

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; tries < 600 && !await holds(); tries++) await Task.Delay(25);
        (await holds()).ShouldBeTrue();
    }
}

using Ledger.Domain.People;

namespace Ledger.Scenarios.People;

/// <summary>How customers, merchants and admins get in.</summary>
[Collection("app")]
public class LoginTests(SharedApp shared)
{
    private readonly LedgerApp app = shared.App;

    [Fact]
    public async Task A_customer_logs_in_by_a_code_on_the_telephone()
    {
        var tenant = await app.NewTenant();
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Jon", phone_number = "7771234" })).Is(201).Id;
        using var jon = app.Browse(tenant);
        _ = (await jon.Post("/auth/login-codes", new { channel = "sms", phone_number = "7771234" })).Is(202);
        var session = (await jon.LogIn(new { grant = "login_code", phone_number = "7771234", code = "1337" })).Is(201);
        session.Json["access_token"].ShouldNotBeNull();
        session.Headers["Set-Cookie"].ShouldContain("httponly");
        session.Json["session"]!["customer"]!["phone_number"]!.GetValue<string>().ShouldBe("7771234");
        var current = (await jon.Get("/auth/sessions/current")).Is(200).Json;
        current["roles"]!.ToJsonString().ShouldBe("""["customer"]""");
        current["customer_id"]!.GetValue<string>().ShouldBe(id);
        _ = (await jon.LogIn(new { grant = "login_code", phone_number = "7771234", code = "0000" })).Refuses(401, "invalid_code");
        _ = (await jon.Post("/auth/login-codes", new { channel = "sms", phone_number = "5550000" })).Is(202);
    }

    [Fact]
    public async Task A_merchant_registers_and_logs_in()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        using var merchant = app.Browse(null);
        var wish = new { email, name = "M", password = "S3cret-pass!", webhook_url = "https://m.example.com/hook", mode = "sandbox" };
        var made = (await merchant.Post("/auth/merchant-registrations", wish)).Is(201);
        made.Json["role"]!.GetValue<string>().ShouldBe("merchant");
        made.Headers["Set-Cookie"].ShouldContain("httponly");
        var key = app.With(made.Json["api_key"]!.GetValue<string>());
        var anna = (await key.Post("/customers", new { full_name = "Anna" })).Is(201).Id;
        (await merchant.Get($"/customers/{anna}")).Is(200).Id.ShouldBe(anna);

        using var again = app.Browse(null);
        var session = (await again.LogIn(new { grant = "password", email, password = "S3cret-pass!" })).Is(201);
        session.Json["session"]!["role"]!.GetValue<string>().ShouldBe("merchant");
        session.Json["session"]!["tenant_id"]!.GetValue<string>().ShouldBe(made.Json["tenant_id"]!.GetValue<string>());
        session.Text.ShouldNotContain("api_key");
        _ = (await again.Post("/auth/merchant-registrations", wish with { password = "another password" })).Refuses(409, "email_taken");
        using var eve = app.Browse(null);
        _ = (await eve.LogIn(new { grant = "password", email, password = "another password" })).Refuses(401, "wrong_credentials");
    }

    [Fact]
    public async Task Of_many_who_register_one_address_at_once_one_has_it()
    {
        var email = $"{Guid.NewGuid():N}@example.com";
        var all = await Task.WhenAll(Enumerable.Range(0, 5).Select(async n =>
        {
            using var one = app.Browse(null);
            var answer = await one.Post("/auth/merchant-registrations", new { email, name = "M", password = $"password number {n}", mode = "sandbox" });
            return (n, answer);
        }));
        var (winner, _) = all.Single(one => one.answer.Status == 201);
        all.Where(one => one.n != winner).ShouldAllBe(one => one.answer.Code == "email_taken");
        for (var n = 0; n < 5; n++)
        {
            using var one = app.Browse(null);
            (await one.LogIn(new { grant = "password", email, password = $"password number {n}" })).Status.ShouldBe(n == winner ? 201 : 401);
        }
    }

    [Fact]
    public async Task The_sixth_login_from_an_address_within_a_minute_waits()
    {
        var tenant = await app.NewTenant();
        var emails = new List<string>();
        for (var n = 0; n < 6; n++)
        {
            var email = $"{Guid.NewGuid():N}@example.org";
            _ = (await tenant.Admin.Post("/users", new { email, password = LedgerApp.Password })).Is(201);
            emails.Add(email);
        }

        using var office = app.Browse(tenant);
        foreach (var email in emails.Take(5))
        {
            office.Token = null;
            _ = (await office.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201);
        }

        var sixth = (await office.LogIn(new { grant = "password", email = emails[5], password = LedgerApp.Password })).Refuses(429, "too_many_requests");
        sixth.Headers.Keys.ShouldContain("Retry-After");
        sixth.Json["title"]!.GetValue<string>().ShouldBe("Too many requests. Please try again later.");
    }

    [Fact]
    public async Task Only_those_who_look_after_tenants_take_in_another()
    {
        var wish = new { email = $"{Guid.NewGuid():N}@example.org", password = LedgerApp.Password };
        using var nobody = app.Browse(null);
        _ = (await nobody.Post("/admin-users", wish)).Refuses(401, "unauthorized");
        var registered = await nobody.Post("/auth/merchant-registrations", new { email = $"{Guid.NewGuid():N}@example.com", name = "M", password = LedgerApp.Password });
        _ = registered.Is(201);
        _ = (await nobody.Post("/admin-users", wish)).Refuses(403, "forbidden");
        using var admin = await app.NewUser(null, UserRole.PlatformAdmin);
        (await admin.Post("/admin-users", wish)).Is(201).Json["role"]!.GetValue<string>().ShouldBe("admin");

        using var another = app.Browse(null);
        var session = (await another.LogIn(new { grant = "password", wish.email, wish.password })).Is(201).Json["session"]!;
        session["role"]!.GetValue<string>().ShouldBe("platform_admin");
        _ = (await another.Get("/tenants")).Is(200);
        _ = (await another.Get("/customers")).Refuses(403, "forbidden");
    }
}

using Ledger.Domain.People;

namespace Ledger.Api.Tests.Identity;

/// <summary>Logging in, staying logged in, and logging out.</summary>
[Collection("app")]
public class SessionTests(SharedApp shared)
{
    [Fact]
    public async Task A_user_logs_in_by_password_and_sees_what_they_may()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff, Permission.ViewFinancialReports);

        var session = (await anna.Get("/auth/sessions/current")).Is(200).Json;
        session["role"]!.GetValue<string>().ShouldBe("staff");
        session["tenant_id"]!.GetValue<string>().ShouldBe(tenant.Name);
        session["permissions"]!.ToJsonString().ShouldBe("""["view_financial_reports"]""");
        _ = (await anna.Get("/customers")).Is(200);
        _ = (await anna.Post("/products", new { name = "x" })).Refuses(403, "forbidden");
    }

    [Fact]
    public async Task A_token_is_good_once_and_one_used_before_ends_the_session()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var first = anna.Cookie;
        _ = (await anna.Post("/auth/sessions/current/refresh")).Is(200);
        var second = anna.Cookie;
        second.ShouldNotBe(first);
        _ = (await anna.Get("/customers")).Is(200);

        using var thief = shared.App.Browse(tenant);
        (thief.Cookie, thief.CsrfToken) = (first, anna.CsrfToken);
        _ = (await thief.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
        _ = (await anna.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
        _ = (await anna.Get("/customers")).Refuses(401, "unauthorized");
    }

    [Fact]
    public async Task Of_many_who_refresh_at_once_with_one_token_one_gets_the_next()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            using var tab = shared.App.Browse(tenant);
            (tab.Cookie, tab.CsrfToken) = (anna.Cookie, anna.CsrfToken);
            return (await tab.Post("/auth/sessions/current/refresh")).Status;
        }));
        all.Count(status => status == 200).ShouldBeLessThanOrEqualTo(1);
        all.Where(status => status != 200).ShouldAllBe(status => status == 401);
    }

    [Fact]
    public async Task A_cookie_without_its_token_does_nothing()
    {
        using var anna = await shared.App.NewUser(await shared.App.NewTenant(), UserRole.Staff);
        var (cookie, right) = (anna.Cookie, anna.CsrfToken);
        foreach (var wrong in new[] { null, "", "00", new string('0', 32) })
        {
            (anna.Cookie, anna.CsrfToken, anna.Token) = (cookie, wrong, null);
            _ = (await anna.Post("/auth/sessions/current/refresh")).Refuses(403, "csrf_token_wrong");
            _ = (await anna.Send(HttpMethod.Delete, "/auth/sessions/current", null)).Refuses(403, "csrf_token_wrong");
        }

        anna.CsrfToken = right;
        _ = (await anna.Post("/auth/sessions/current/refresh")).Is(200);
    }

    [Fact]
    public async Task Who_logs_out_is_out()
    {
        using var anna = await shared.App.NewUser(await shared.App.NewTenant(), UserRole.Staff);
        var (cookie, token) = (anna.Cookie, anna.Token);
        _ = (await anna.Send(HttpMethod.Delete, "/auth/sessions/current", null)).Is(204);
        anna.Cookie.ShouldBeNull();
        anna.Token = token;
        _ = (await anna.Get("/customers")).Refuses(401, "unauthorized");
        anna.Cookie = cookie;
        _ = (await anna.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
        _ = (await anna.Send(HttpMethod.Delete, "/auth/sessions/current", null)).Is(204);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_and_names_that_are_nobodys_look_the_same()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var email = (await tenant.Admin.Get("/users")).Json["data"]![0]!["email"]!.GetValue<string>();
        foreach (var name in new[] { email, $"{Guid.NewGuid():N}@example.org" })
        {
            var told = new List<string?>();
            for (var n = 0; n < 7; n++)
            {
                using var guesser = shared.App.Browse(tenant);
                told.Add((await guesser.LogIn(new { grant = "password", email = name, password = "not the right one" })).Code);
            }

            told.ShouldBe(["wrong_credentials", "wrong_credentials", "wrong_credentials", "wrong_credentials", "wrong_credentials", "account_locked", "account_locked"]);
        }

        using var again = shared.App.Browse(tenant);
        _ = (await again.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Refuses(423, "account_locked");
    }

    [Fact]
    public async Task However_many_guess_at_once_five_guesses_are_looked_at()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var email = (await tenant.Admin.Get("/users")).Json["data"]![0]!["email"]!.GetValue<string>();
        var told = await Task.WhenAll(Enumerable.Range(0, 12).Select(async _ =>
        {
            using var guesser = shared.App.Browse(tenant);
            return (await guesser.LogIn(new { grant = "password", email, password = "not the right one" })).Code;
        }));
        told.Count(code => code == "wrong_credentials").ShouldBe(5);
        told.Count(code => code == "account_locked").ShouldBe(7);
    }

    [Fact]
    public async Task However_many_log_in_at_once_by_the_right_password_all_get_in()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var email = (await tenant.Admin.Get("/users")).Json["data"]![0]!["email"]!.GetValue<string>();
        var told = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            using var tab = shared.App.Browse(tenant);
            return (await tab.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Status;
        }));
        told.ShouldAllBe(status => status == 201);
    }

    [Theory]
    [InlineData("{0} "), InlineData(" {0}"), InlineData("{0}%C2%A0"), InlineData("{tenant}.{id}.1%C2%A0.{mark}"), InlineData("{tenant}.{id}.%EF%BC%91.{mark}"), InlineData("{tenant}. {id}.1.{mark}"), InlineData("{tenant}.{id}.1 .{mark}"), InlineData("{tenant}.{id}.+1.{mark}")]
    [InlineData("{tenant}.{ID}.1.{mark}"), InlineData("{tenant}.{id}.01.{mark}"), InlineData("{tenant}.{id}.99999999999.{mark}"), InlineData("..."), InlineData("{tenant}.{id}..{mark}")]
    public async Task An_odd_cookie_is_no_fault_and_no_session(string odd)
    {
        using var anna = await shared.App.NewUser(await shared.App.NewTenant(), UserRole.Staff);
        var parts = anna.Cookie!.Split('.');
        anna.Cookie = odd.Replace("{0}", anna.Cookie, StringComparison.Ordinal).Replace("{tenant}", parts[0], StringComparison.Ordinal)
            .Replace("{id}", parts[1], StringComparison.Ordinal).Replace("{ID}", parts[1].ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("{mark}", parts[3], StringComparison.Ordinal);
        (await anna.Post("/auth/sessions/current/refresh")).Status.ShouldBeOneOf(200, 401, 403);   // Blanks around a cookie are the header's.
        (await anna.Get("/auth/csrf-token")).Status.ShouldBe(200);
        anna.Token = null;
        (await anna.Send(HttpMethod.Delete, "/auth/sessions/current", null)).Status.ShouldBeOneOf(204, 401, 403);
    }

    [Fact]
    public async Task Logins_from_one_address_are_limited_and_say_how()
    {
        var tenant = await shared.App.NewTenant();
        using var somebody = shared.App.Browse(tenant);
        for (var n = 0; n < 5; n++)
        {
            var answer = await somebody.LogIn(new { grant = "password", email = $"{n}@example.org", password = "not the right one" });
            answer.Refuses(401, "wrong_credentials").Headers["RateLimit-Remaining"].ShouldBe($"{4 - n}");
        }

        var over = (await somebody.LogIn(new { grant = "password", email = "a@example.org", password = "x" })).Refuses(429, "too_many_requests");
        over.Headers["RateLimit-Limit"].ShouldBe("5");
        int.Parse(over.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture).ShouldBeInRange(1, 60);
    }

    [Fact]
    public async Task A_customer_logs_in_by_code_and_sees_their_own_alone()
    {
        var tenant = await shared.App.NewTenant();
        var anna = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email = "anna@example.org", phone_number = "+354 555 1234" })).Is(201).Id;
        var other = (await tenant.Admin.Post("/customers", new { full_name = "Eva", email = "eva@example.org" })).Is(201).Id;
        using var browser = shared.App.Browse(tenant);
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email = "anna@example.org" })).Is(202);
        _ = (await browser.LogIn(new { grant = "login_code", email = "anna@example.org", code = "0000" })).Refuses(401, "invalid_code");
        _ = (await browser.LogIn(new { grant = "login_code", email = "anna@example.org", code = "1337" })).Is(201);
        _ = (await browser.LogIn(new { grant = "login_code", email = "anna@example.org", code = "1337" })).Refuses(401, "invalid_code");

        (await browser.Get("/customers/me")).Is(200).Id.ShouldBe(anna);
        (await browser.Get($"/customers/{anna}")).Is(200).Id.ShouldBe(anna);
        _ = (await browser.Get($"/customers/{other}")).Refuses(404, "customer_not_found");
        _ = (await browser.Get("/customers")).Refuses(403, "forbidden");
        (await browser.Get("/subscriptions")).Is(200).Json["data"]!.AsArray().ShouldBeEmpty();
        _ = (await browser.Get($"/subscriptions?customer_id={other}")).Refuses(404, "customer_not_found");
        (await browser.Get("/auth/sessions/current")).Is(200).Json["customer_id"]!.GetValue<string>().ShouldBe(anna);
    }

    [Fact]
    public async Task A_code_goes_by_sms_too_and_five_tries_are_all()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Anna", phone_number = "+354 555 9999" })).Is(201);
        using var browser = shared.App.Browse(tenant);
        _ = (await browser.Post("/auth/login-codes", new { channel = "sms", phone_number = "+3545559999" })).Is(202);
        for (var n = 0; n < 5; n++)
        {
            using var guesser = shared.App.Browse(tenant);
            _ = (await guesser.LogIn(new { grant = "login_code", phone_number = "+3545559999", code = $"000{n}" })).Refuses(401, "invalid_code");
        }

        _ = (await browser.LogIn(new { grant = "login_code", phone_number = "+3545559999", code = "1337" })).Refuses(401, "invalid_code");
        _ = (await browser.Post("/auth/login-codes", new { channel = "sms", phone_number = "+3545559999" })).Is(202);
        _ = (await browser.LogIn(new { grant = "login_code", phone_number = "+3545559999", code = "1337" })).Is(201);
    }

    [Fact]
    public async Task Whether_an_address_is_known_is_not_told()
    {
        using var browser = shared.App.Browse(await shared.App.NewTenant());
        var unknown = (await browser.Post("/auth/login-codes", new { channel = "email", email = "nobody@example.org" })).Is(202);
        unknown.Json["channel"]!.GetValue<string>().ShouldBe("email");
    }

    [Fact]
    public async Task A_user_who_is_let_go_is_out_at_once_and_rights_hold_for_the_next_request()
    {
        var tenant = await shared.App.NewTenant();
        using var boss = await shared.App.NewUser(tenant, UserRole.Admin);
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var id = (await anna.Get("/auth/sessions/current")).Json["user_id"]!.GetValue<string>();
        _ = (await anna.Get("/users")).Refuses(403, "forbidden");
        _ = (await boss.Send(HttpMethod.Patch, $"/users/{id}", new { permissions = new[] { "manage_staff" } })).Is(200);
        await Task.Delay(TimeSpan.FromSeconds(2.1));   // As long as a right may be kept.
        _ = (await anna.Get("/users")).Is(200);
        _ = (await anna.Send(HttpMethod.Patch, $"/users/{id}", new { role = "admin" })).Refuses(403, "more_than_own_rights");
        _ = (await anna.Post("/users", new { email = "x@example.org", password = LedgerApp.Password, role = "admin" })).Refuses(403, "more_than_own_rights");

        _ = (await boss.Send(HttpMethod.Delete, $"/users/{id}", null)).Is(204);
        await Task.Delay(TimeSpan.FromSeconds(2.1));
        _ = (await anna.Get("/users")).Refuses(401, "unauthorized");
        _ = (await anna.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
    }
}

using System.Globalization;
using Ledger.Domain.People;

namespace Ledger.Api.Tests.Identity;

/// <summary>What opens a door for a while only, over HTTP, on either side of the end of its time.</summary>
public class PassingTimeTests(MovedApp moved) : IClassFixture<MovedApp>
{
    private readonly LedgerApp app = moved.App;

    [Fact]
    public async Task An_access_token_is_good_for_a_quarter_of_an_hour()
    {
        using var anna = await app.NewUser(await app.NewTenant(), UserRole.Staff);
        Pass(minutes: 14);
        _ = (await anna.Get("/customers")).Is(200);
        Pass(minutes: 1);
        _ = (await anna.Get("/customers")).Refuses(401, "token_expired");
        _ = (await anna.Get("/customers/me")).Refuses(401, "token_expired");
        _ = (await app.With(anna.Token![..^4] + "AAAA").Get("/customers")).Refuses(401, "unauthorized");   // It never was good.
        _ = (await anna.Post("/auth/sessions/current/refresh")).Is(200);
        _ = (await anna.Get("/customers")).Is(200);
    }

    [Fact]
    public async Task A_refresh_cookie_is_good_for_seven_days_and_each_refresh_for_seven_more()
    {
        using var anna = await app.NewUser(await app.NewTenant(), UserRole.Staff);
        for (var n = 0; n < 2; n++)
        {
            Pass(days: 7, minutes: -1);
            (await anna.Post("/auth/sessions/current/refresh")).Is(200).Headers["Set-Cookie"].ShouldContain("max-age=604800");
        }

        Pass(days: 7);
        _ = (await anna.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
        anna.Cookie.ShouldBeNull();
    }

    [Fact]
    public async Task However_often_it_is_refreshed_a_session_ends_after_thirty_days()
    {
        using var anna = await app.NewUser(await app.NewTenant(), UserRole.Staff);
        for (var n = 0; n < 4; n++)
        {
            Pass(days: 6);
            _ = (await anna.Post("/auth/sessions/current/refresh")).Is(200);
        }

        Pass(days: 6, minutes: -1);
        _ = (await anna.Post("/auth/sessions/current/refresh")).Is(200);
        _ = (await anna.Get("/customers")).Is(200);
        Pass(minutes: 1);
        _ = (await anna.Get("/customers")).Refuses(401, "unauthorized");   // Its token has minutes left; its session has none.
        _ = (await anna.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
    }

    [Fact]
    public async Task A_lock_is_over_after_half_an_hour()
    {
        var (tenant, email) = await Somebody();
        for (var n = 0; n < 5; n++) _ = (await LogIn(tenant, email, "not the right one")).Refuses(401, "wrong_credentials");
        RetryAfter(await LogIn(tenant, email, LedgerApp.Password)).ShouldBeInRange(1790, 1800);
        Pass(minutes: 29);
        RetryAfter(await LogIn(tenant, email, LedgerApp.Password)).ShouldBeInRange(1, 60);
        Pass(minutes: 1);
        _ = (await LogIn(tenant, email, "not the right one")).Refuses(401, "wrong_credentials");
        _ = (await LogIn(tenant, email, LedgerApp.Password)).Is(201);
    }

    [Theory]
    [InlineData(9, 201), InlineData(10, 401)]
    public async Task A_login_code_is_good_for_ten_minutes(int minutes, int status)
    {
        var tenant = await app.NewTenant();
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email })).Is(201);
        using var anna = app.Browse(tenant);
        _ = (await anna.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
        Pass(minutes: minutes);
        (await anna.LogIn(new { grant = "login_code", email, code = "1337" })).Status.ShouldBe(status);
    }

    [Fact]
    public async Task A_key_is_good_until_it_expires()
    {
        var tenant = await app.NewTenant();
        var end = moved.Time.GetUtcNow().AddHours(1).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var key = app.With(await tenant.NewKey(new { name = "till tonight", expires_at = end }));
        Pass(minutes: 59);
        _ = (await key.Get("/customers")).Is(200);
        Pass(minutes: 1);
        _ = (await key.Get("/customers")).Refuses(401, "unauthorized");
    }

    [Fact]
    public async Task A_key_that_was_replaced_goes_on_for_as_long_as_was_said()
    {
        var tenant = await app.NewTenant();
        var made = (await tenant.Admin.Post("/api-keys", new { name = "till" })).Is(201).Json;
        var next = (await tenant.Admin.Post($"/api-keys/{made["id"]}/rotate", new { overlap_seconds = 3600 })).Is(201).Json;
        var (old, fresh) = (app.With(made["api_key"]!.GetValue<string>()), app.With(next["api_key"]!.GetValue<string>()));
        Pass(minutes: 59);
        _ = (await old.Get("/customers")).Is(200);
        Pass(minutes: 1);
        _ = (await old.Get("/customers")).Refuses(401, "unauthorized");
        _ = (await fresh.Get("/customers")).Is(200);
    }

    [Fact]
    public async Task Logins_are_counted_anew_each_minute()
    {
        var (tenant, email) = await Somebody();
        using var office = app.Browse(tenant);
        for (var n = 0; n < 5; n++) _ = (await office.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201);
        _ = (await office.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Refuses(429, "too_many_requests");
        Pass(minutes: 1);
        _ = (await office.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201);
    }

    [Fact]
    public async Task A_lock_on_a_name_that_is_nobodys_lasts_as_long()
    {
        var (tenant, email) = (await app.NewTenant(), $"{Guid.NewGuid():N}@example.org");
        for (var n = 0; n < 5; n++)
        {
            _ = (await LogIn(tenant, email, "not the right one")).Refuses(401, "wrong_credentials");
            Pass(minutes: 1);
        }

        RetryAfter(await LogIn(tenant, email, "not the right one")).ShouldBeInRange(1680, 1740);
        Pass(minutes: 28);
        RetryAfter(await LogIn(tenant, email, "not the right one")).ShouldBeInRange(1, 60);
        Pass(minutes: 1);
        _ = (await LogIn(tenant, email, "not the right one")).Refuses(401, "wrong_credentials");
    }

    private static int RetryAfter(LedgerAnswer answer) =>
        int.Parse(answer.Refuses(423, "account_locked").Headers["Retry-After"], CultureInfo.InvariantCulture);

    private void Pass(int days = 0, int minutes = 0) => moved.Time.Move(new TimeSpan(days, 0, minutes, 0));

    private async Task<(TestTenant Tenant, string Email)> Somebody()
    {
        var tenant = await app.NewTenant();
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await tenant.Admin.Post("/users", new { email, password = LedgerApp.Password })).Is(201);
        return (tenant, email);
    }

    /// <summary>From an address of its own.</summary>
    private async Task<LedgerAnswer> LogIn(TestTenant tenant, string email, string password)
    {
        using var browser = app.Browse(tenant);
        return await browser.LogIn(new { grant = "password", email, password });
    }
}

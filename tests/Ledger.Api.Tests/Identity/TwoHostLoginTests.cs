using Ledger.Domain.People;

namespace Ledger.Api.Tests.Identity;

/// <summary>Two hosts on one database, asked the same thing at once: what counts, counts once for both.</summary>
public sealed class TwoHostLoginTests : IAsyncLifetime
{
    private LedgerApp here = null!;
    private LedgerApp there = null!;

    public async Task InitializeAsync()
    {
        here = await LedgerApp.Start();
        there = await LedgerApp.Start(runsWorkers: false, here.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await there.DisposeAsync();
        await here.DisposeAsync();
    }

    [Fact]
    public async Task Each_wrong_guess_counts_once_and_the_fifth_locks_at_both()
    {
        for (var round = 0; round < 5; round++)
        {
            var (tenant, email) = await Somebody();
            var told = await AtOnce(10, browser => browser.LogIn(new { grant = "password", email, password = "not the right one" }), tenant);
            told.Count(one => one.Code == "wrong_credentials").ShouldBe(5);
            told.Count(one => one.Code == "account_locked").ShouldBe(5);
            foreach (var app in new[] { here, there })
            {
                using var browser = new Browser(app.Address, tenant.Name);
                _ = (await browser.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Refuses(423, "account_locked");
            }
        }
    }

    [Fact]
    public async Task Four_wrong_guesses_at_once_leave_one_more()
    {
        var (tenant, email) = await Somebody();
        (await AtOnce(4, browser => browser.LogIn(new { grant = "password", email, password = "not the right one" }), tenant)).ShouldAllBe(one => one.Code == "wrong_credentials");
        using var browser = new Browser(there.Address, tenant.Name);
        _ = (await browser.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Is(201);
    }

    [Fact]
    public async Task One_refresh_cookie_shown_to_both_gives_one_token_at_most_and_ends_the_family()
    {
        var tenant = await here.NewTenant();
        for (var round = 0; round < 8; round++)
        {
            using var anna = await here.NewUser(tenant, UserRole.Staff);
            var answers = await AtOnce(2, browser =>
            {
                (browser.Cookie, browser.CsrfToken) = (anna.Cookie, anna.CsrfToken);
                return browser.Post("/auth/sessions/current/refresh");
            }, tenant);
            answers.Count(one => one.Status == 200).ShouldBe(1);
            answers.Single(one => one.Status != 200).Refuses(401, "session_ended");

            // Who had the other one is out with it: nobody can tell which of them was the thief.
            using var winner = new Browser(here.Address, tenant.Name)
            {
                Cookie = CookieOf(answers.Single(one => one.Status == 200)), CsrfToken = anna.CsrfToken,
            };
            _ = (await winner.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
        }
    }

    [Fact]
    public async Task A_login_code_used_at_both_at_once_logs_in_once()
    {
        var tenant = await here.NewTenant();
        for (var round = 0; round < 8; round++)
        {
            var email = $"{Guid.NewGuid():N}@example.org";
            _ = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email })).Is(201);
            using var asks = here.Browse(tenant);
            _ = (await asks.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
            var answers = await AtOnce(4, browser => browser.LogIn(new { grant = "login_code", email, code = "1337" }), tenant);
            answers.Count(one => one.Status == 201).ShouldBe(1);
            answers.Where(one => one.Status != 201).ShouldAllBe(one => one.Code == "invalid_code");
        }
    }

    /// <summary>So many browsers, half of them at each host.</summary>
    private async Task<IReadOnlyList<LedgerAnswer>> AtOnce(int count, Func<Browser, Task<LedgerAnswer>> ask, TestTenant tenant) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(async n =>
        {
            using var browser = new Browser((n % 2 == 0 ? here : there).Address, tenant.Name);
            return await ask(browser);
        }));

    private static string CookieOf(LedgerAnswer answer) => answer.Headers["Set-Cookie"].Split(';')[0].Split('=', 2)[1];

    private async Task<(TestTenant Tenant, string Email)> Somebody()
    {
        var tenant = await here.NewTenant();
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await tenant.Admin.Post("/users", new { email, password = LedgerApp.Password })).Is(201);
        return (tenant, email);
    }
}

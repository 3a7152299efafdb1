using Ledger.Domain.People;
using Ledger.Gateways.Post;
using Microsoft.Extensions.DependencyInjection;

namespace Ledger.Api.Tests.Identity;

/// <summary>What is sent to people: codes, links, and what they open.</summary>
[Collection("app")]
public class PostTests(SharedApp shared)
{
    [Fact]
    public async Task A_live_tenants_code_is_random_and_its_link_logs_in_too()
    {
        var tenant = await shared.App.NewTenant(mode: Ledger.Domain.Tenancy.TenantMode.Live);
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email })).Is(201);
        using var browser = shared.App.Browse(tenant);
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
        var (code, link) = Parts(await Post(email));
        code.ShouldNotBe("1337");
        _ = (await browser.LogIn(new { grant = "login_code", email, code = "1337" })).Refuses(401, "invalid_code");
        _ = (await browser.LogIn(new { grant = "magic_link", token = link })).Is(201);
        using var again = shared.App.Browse(tenant);
        _ = (await again.LogIn(new { grant = "magic_link", token = link })).Refuses(401, "wrong_credentials");
        _ = (await again.LogIn(new { grant = "login_code", email, code })).Refuses(401, "invalid_code");
    }

    [Fact]
    public async Task Another_tenants_link_opens_nothing()
    {
        var (mine, theirs) = (await shared.App.NewTenant(mode: Ledger.Domain.Tenancy.TenantMode.Live), await shared.App.NewTenant());
        var email = $"{Guid.NewGuid():N}@example.org";
        _ = (await mine.Admin.Post("/customers", new { full_name = "Anna", email })).Is(201);
        using var browser = shared.App.Browse(mine);
        _ = (await browser.Post("/auth/login-codes", new { channel = "email", email })).Is(202);
        var (_, link) = Parts(await Post(email));
        using var elsewhere = shared.App.Browse(theirs);
        _ = (await elsewhere.LogIn(new { grant = "magic_link", token = link })).Refuses(401, "wrong_credentials");
        _ = (await browser.LogIn(new { grant = "magic_link", token = link })).Is(201);
    }

    [Fact]
    public async Task A_password_is_set_by_a_link_and_ends_all_sessions()
    {
        var tenant = await shared.App.NewTenant();
        using var anna = await shared.App.NewUser(tenant, UserRole.Staff);
        var email = (await tenant.Admin.Get("/users")).Json["data"]![0]!["email"]!.GetValue<string>();
        _ = (await anna.Post("/auth/password-resets", new { email })).Is(202);
        _ = (await anna.Post("/auth/password-resets", new { email = "nobody@example.org" })).Is(202);
        var token = (await Post(email)).Split("this token: ")[1].Split('\n')[0];

        _ = (await anna.Post("/auth/password-reset-confirmations", new { token, password = "short" })).Refuses(400, "validation_failed");
        _ = (await anna.Post("/auth/password-reset-confirmations", new { token = "x", password = "another good password" })).Refuses(401, "wrong_credentials");
        _ = (await anna.Post("/auth/password-reset-confirmations", new { token, password = "another good password" })).Is(204);
        _ = (await anna.Post("/auth/password-reset-confirmations", new { token, password = "a third good password" })).Refuses(401, "wrong_credentials");
        _ = (await anna.Post("/auth/sessions/current/refresh")).Refuses(401, "session_ended");
        using var again = shared.App.Browse(tenant);
        _ = (await again.LogIn(new { grant = "password", email, password = LedgerApp.Password })).Refuses(401, "wrong_credentials");
        _ = (await again.LogIn(new { grant = "password", email, password = "another good password" })).Is(201);
    }

    [Fact]
    public async Task A_customer_without_a_password_is_sent_a_code_instead()
    {
        var tenant = await shared.App.NewTenant();
        var email = $"{Guid.NewGuid():N}@example.org";
        var id = (await tenant.Admin.Post("/customers", new { full_name = "Anna", email })).Is(201).Id;
        _ = (await tenant.Staff.Post($"/customers/{id}/password-resets")).Is(202);
        (await Post(email)).ShouldContain("Your code for Test is 1337");
        using var browser = shared.App.Browse(tenant);
        _ = (await browser.LogIn(new { grant = "login_code", email, code = "1337" })).Is(201);
        _ = (await tenant.Staff.Post($"/customers/{Guid.NewGuid()}/password-resets")).Refuses(404, "customer_not_found");
    }

    [Fact]
    public async Task Who_registers_gets_a_code_and_an_address_is_registered_once()
    {
        var tenant = await shared.App.NewTenant();
        using var browser = shared.App.Browse(tenant);
        var email = $"{Guid.NewGuid():N}@example.org";
        var id = (await browser.Post("/auth/customer-registrations", new { full_name = "Jon", email })).Is(201).Id;
        _ = (await browser.LogIn(new { grant = "login_code", email, code = "1337" })).Is(201);
        (await browser.Get("/customers/me")).Is(200).Id.ShouldBe(id);
        _ = (await browser.Post("/auth/customer-registrations", new { full_name = "Eve", email })).Refuses(409, "email_taken");
        using var nowhere = shared.App.Browse(null);
        _ = (await nowhere.Post("/auth/customer-registrations", new { full_name = "Jon", email })).Refuses(404, "tenant_not_found");
    }

    /// <summary>What was sent to an address last.</summary>
    private async Task<string> Post(string email)
    {
        var folder = ((PostFolder)shared.App.Services.GetRequiredService<IPostOffice>()).Directory;
        for (var tries = 0; tries < 100; tries++, await Task.Delay(50))
        {
            if (!Directory.Exists(folder)) continue;
            var texts = new DirectoryInfo(folder).GetFiles("*.txt").OrderByDescending(file => file.Name, StringComparer.Ordinal).Select(file => File.ReadAllText(file.FullName));
            if (texts.FirstOrDefault(text => text.Contains(email, StringComparison.Ordinal) && text.EndsWith('\n')) is { } found) return found;
        }

        throw new TimeoutException("Nothing was sent.");
    }

    private static (string Code, string Link) Parts(string text) =>
        (text.Split(" is ")[1][..6], text.Split("this token: ")[1].Split('\n')[0]);
}

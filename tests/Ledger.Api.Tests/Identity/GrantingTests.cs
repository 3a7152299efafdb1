using Ledger.Domain.People;

namespace Ledger.Api.Tests.Identity;

/// <summary>Nobody gives what they do not have: not by a key, not by a user, not by an issuer of their own.</summary>
[Collection("app")]
public class GrantingTests(SharedApp shared)
{
    public static TheoryData<string[], string> Attempts => new()
    {
        { ["users:write"], """{"email":"E","password":"P","role":"admin"}""" },
        { ["users:write", "manage_staff"], """{"email":"E","password":"P","role":"admin"}""" },
        { ["users:write", "manage_staff"], """{"email":"E","password":"P"}""" },
        { ["users:write", "manage_staff"], """{"email":"E","password":"P","permissions":["approve_refunds"]}""" },
        { ["users:write", "manage_staff", "customers:write", "payments:read"], """{"email":"E","password":"P","permissions":["manage_staff"]}""" },
    };

    [Theory, MemberData(nameof(Attempts))]
    public async Task A_key_with_scopes_makes_nobody_who_may_do_more(string[] scopes, string body)
    {
        var tenant = await shared.App.NewTenant();
        foreach (var role in new[] { "staff", "admin" })
        {
            var key = shared.App.With(await tenant.NewKey(new { name = "x", role, scopes }));
            var wish = body.Replace("\"E\"", $"\"{Guid.NewGuid():N}@example.org\"", StringComparison.Ordinal).Replace("\"P\"", $"\"{LedgerApp.Password}\"", StringComparison.Ordinal);
            (await key.Post("/users", wish)).Status.ShouldBe(403, $"{role} {string.Join(' ', scopes)}");
        }
    }

    [Fact]
    public async Task A_key_with_scopes_changes_and_lets_go_nobody_whom_it_could_not_have_made()
    {
        var tenant = await shared.App.NewTenant();
        var id = (await tenant.Admin.Post("/users", new { email = $"{Guid.NewGuid():N}@example.org", password = LedgerApp.Password })).Is(201).Id;
        var key = shared.App.With(await tenant.NewKey(new { name = "x", role = "admin", scopes = new[] { "users:write", "manage_staff", "api_keys:write" } }));
        _ = (await key.Patch($"/users/{id}", new { role = "admin" })).Refuses(403, "more_than_own_rights");
        _ = (await key.Delete($"/users/{id}")).Refuses(403, "more_than_own_rights");
        _ = (await key.Post("/api-keys", new { name = "y", role = "admin" })).Refuses(403, "more_than_own_rights");
        _ = (await key.Post("/api-keys", new { name = "y", scopes = new[] { "customers:read" } })).Refuses(403, "more_than_own_rights");
        _ = (await key.Post("/api-keys", new { name = "y", scopes = new[] { "api_keys:read" } })).Is(201);
    }

    [Fact]
    public async Task A_key_for_settings_trusts_no_issuer_by_whom_it_would_be_any_customer()
    {
        var tenant = await shared.App.NewTenant();
        var key = shared.App.With(await tenant.NewKey(new { name = "x", role = "admin", scopes = new[] { "tenants:write" } }));
        var issuer = new { issuer = "i", algorithm = "hs256", secret = new string('x', 40) };
        _ = (await key.Put("/tenants/current/outside-issuer", issuer)).Refuses(403, "more_than_own_rights");
        _ = (await tenant.Admin.Put("/tenants/current/outside-issuer", issuer)).Is(200);
    }

    [Fact]
    public async Task Who_may_all_gives_all_and_staff_give_what_they_have()
    {
        var tenant = await shared.App.NewTenant();
        _ = (await tenant.Admin.Post("/users", new { email = $"{Guid.NewGuid():N}@example.org", password = LedgerApp.Password, role = "admin" })).Is(201);
        using var boss = await shared.App.NewUser(tenant, UserRole.Staff, Permission.ManageStaff);
        _ = (await boss.Post("/users", new { email = $"{Guid.NewGuid():N}@example.org", password = LedgerApp.Password, permissions = new[] { "manage_staff" } })).Is(201);
        _ = (await boss.Post("/users", new { email = $"{Guid.NewGuid():N}@example.org", password = LedgerApp.Password, permissions = new[] { "approve_refunds" } }))
            .Refuses(403, "more_than_own_rights");
        _ = (await boss.Post("/users", new { email = $"{Guid.NewGuid():N}@example.org", password = LedgerApp.Password, role = "admin" })).Refuses(403, "more_than_own_rights");
    }
}
